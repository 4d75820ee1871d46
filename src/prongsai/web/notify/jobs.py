"""What is done in the background for mail."""

from prongsai.web.agencies.accounts import mail_is_set
from prongsai.web.work.plan import Every, Planned, add, command

# Whoever counts a try up first has the mail: two workers send it once.
add(Planned("send_mail", "ส่งอีเมลที่ยังไม่ออก", command("send_mail"), Every(minutes=1), is_wanted=mail_is_set))
