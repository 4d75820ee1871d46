"""What is done in the background for the installation itself."""

from datetime import time

from prongsai.web.operations.nightly import back_up_nightly, is_wanted
from prongsai.web.work.plan import Daily, Planned, add

add(Planned("backup", "สำรองข้อมูล", back_up_nightly, Daily(time(2, 0)), is_long=True, is_wanted=is_wanted))
