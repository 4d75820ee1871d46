"""What is done in the background for files of evidence."""

from datetime import time

from prongsai.web.work.plan import Daily, Planned, add, command

# Only looks; fails while a file is lost or damaged, so that it stands among what failed until somebody mends it.
add(
    Planned(
        "check_files",
        "ตรวจไฟล์หลักฐานทุกไฟล์กับค่าแฮช",
        command("check_files"),
        Daily(time(3, 40), weekday=6),
        is_long=True,
    )
)
