"""What is done in the background for the sealed channel, by the clock: nobody who reports ever asks for a job."""

from datetime import time

from prongsai.web.work.plan import Daily, Planned, add, command

# What is shredded is gone, whoever shreds it. Long: the database then forgets it too, which waits for who reads it.
add(Planned("shred_reports", "ทำลายเรื่องทุจริตที่ครบอายุ", command("shred_reports"), Daily(time(1, 10)), is_long=True))
# A mail a day and holder, on Mondays and Thursdays, however often it runs.
add(Planned("remind_handlers", "เตือนผู้รับเรื่องทุจริต", command("remind_handlers"), Daily(time(7, 40))))
