"""What a file carries besides what it shows: hidden parts, metadata, words about persons; and copies without.

docx, xlsx, PDF, pictures (JPEG, PNG, WebP, GIF, TIFF) and text. Other formats are refused with what to save them as.
What is in a picture is not read: a scanned card is seen by a person or by nobody.
"""

from prongsai.documents.clean.apart import Sweeper, cleaned, leaks, sweep
from prongsai.documents.clean.model import KINDS, KINDS_TH, Cleaned, Leak, Swept

__all__ = ["KINDS", "KINDS_TH", "Cleaned", "Leak", "Sweeper", "Swept", "cleaned", "leaks", "sweep"]
