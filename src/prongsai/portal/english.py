"""English for the posts and units that nearly every local government has; what is not known stays Thai."""

_POSTS = (
    ("รองนายกเทศมนตรี", "Deputy Mayor"),
    ("นายกเทศมนตรี", "Mayor"),
    ("รองนายกองค์การบริหารส่วนตำบล", "Deputy Chief Executive"),
    ("นายกองค์การบริหารส่วนตำบล", "Chief Executive"),
    ("รองนายกองค์การบริหารส่วนจังหวัด", "Deputy Chief Executive"),
    ("นายกองค์การบริหารส่วนจังหวัด", "Chief Executive"),
    ("เลขานุการนายก", "Secretary to the Chief Executive"),
    ("ที่ปรึกษานายก", "Adviser to the Chief Executive"),
    ("รองประธานสภา", "Deputy Chair of the Council"),
    ("ประธานสภา", "Chair of the Council"),
    ("เลขานุการสภา", "Secretary of the Council"),
    ("สมาชิกสภา", "Member of the Council"),
    ("รองปลัด", "Deputy Clerk"),
    ("ปลัด", "Clerk"),
    ("หัวหน้าสำนักปลัด", "Head of the Office of the Clerk"),
    ("ผู้อำนวยการกองคลัง", "Director of Finance"),
    ("ผู้อำนวยการกองช่าง", "Director of Public Works"),
    ("ผู้อำนวยการกองการศึกษา", "Director of Education"),
    ("ผู้อำนวยการกองสาธารณสุข", "Director of Public Health"),
    ("ผู้อำนวยการกองสวัสดิการสังคม", "Director of Social Welfare"),
    ("ผู้อำนวยการกองยุทธศาสตร์", "Director of Strategy and Budget"),
    ("ผู้อำนวยการกองวิชาการ", "Director of Policy and Planning"),
    ("ผู้อำนวยการกองการเจ้าหน้าที่", "Director of Personnel"),
)
_UNITS = (
    ("สำนักปลัด", "Office of the Clerk"),
    ("กองคลัง", "Finance Division"),
    ("กองช่าง", "Public Works Division"),
    ("กองการศึกษา", "Education Division"),
    ("กองสาธารณสุข", "Public Health and Environment Division"),
    ("กองสวัสดิการสังคม", "Social Welfare Division"),
    ("กองยุทธศาสตร์", "Strategy and Budget Division"),
    ("กองวิชาการ", "Policy and Planning Division"),
    ("กองการเจ้าหน้าที่", "Personnel Division"),
    ("กองส่งเสริมการเกษตร", "Agricultural Extension Division"),
    ("กองทะเบียนราษฎร", "Civil Registration Division"),
    ("สถานธนานุบาล", "Municipal Pawnshop"),
    ("หน่วยตรวจสอบภายใน", "Internal Audit Unit"),
)


def post_in_english(post: str) -> str:
    """Give a post in English by the words it begins with, or nothing."""
    return next((english for thai, english in _POSTS if post.startswith(thai)), "")


def unit_in_english(unit: str) -> str:
    """Give a unit in English by the words it begins with, or nothing."""
    return next((english for thai, english in _UNITS if unit.startswith(thai)), "")
