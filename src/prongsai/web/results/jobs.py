"""What is done in the background for tables of results."""

from prongsai.web.results import services
from prongsai.web.work.plan import Planned, add

# Both work out anew what they overwrite: a second run finds the same.
add(Planned("results_check", "ตรวจตารางผลการประเมินที่เผยแพร่", services.check_asked, is_long=True))
add(Planned("results_build", "สร้างเว็บเปรียบเทียบผลการประเมิน", services.build_explorer, is_long=True))
