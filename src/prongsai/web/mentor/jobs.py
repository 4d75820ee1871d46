"""What is done in the background for offices that mentor agencies."""

from datetime import time

from prongsai.web.work.plan import Daily, Every, Planned, add, command


def _changed() -> object:
    return command("refresh_standings")(changed=True)


# Counting again gives the same figures: a run that was killed is simply made up.
add(
    Planned(
        "refresh_standings",
        "คำนวณภาพรวมที่หน่วยงานพี่เลี้ยงเห็นใหม่ทั้งหมด",
        command("refresh_standings"),
        Daily(time(3, 30)),
        is_long=True,
    )
)
add(
    Planned(
        "refresh_standings_changed",
        "คำนวณภาพรวมของหน่วยงานที่มีการเปลี่ยนแปลง",
        _changed,
        Every(minutes=60),
        is_long=True,
    )
)
