"""What is done in the background for surveys, by the clock: nobody who answers ever asks for a job."""

from datetime import time

from prongsai.web.work.plan import Daily, Planned, add, command

# Closes what is open and over, counts what is not counted: a second run finds neither. Counting may take a minute.
add(Planned("mind_surveys", "ปิดและนับการสำรวจที่ถึงกำหนด", command("mind_surveys"), Daily(time(0, 20)), is_long=True))
