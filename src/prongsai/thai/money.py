"""Money in words, as cheques and contracts print it."""

from decimal import ROUND_HALF_UP, Context, Decimal

_SATANG = Decimal("0.01")


def baht_text(amount_thb: Decimal) -> str:
    """Write an amount in baht in Thai words, rounded half-up to whole satang.

    ``1000001`` is หนึ่งล้านเอ็ดบาทถ้วน, ``0.5`` ห้าสิบสตางค์, ``0`` ศูนย์บาทถ้วน, a debt begins with ลบ.
    The amount must be finite: an infinity or NaN raises ``decimal.InvalidOperation``.
    """
    from pythainlp.util import num_to_thaiword  # noqa: PLC0415  # reason: costs 60 ms that readers need not pay

    exact = Context(prec=max(amount_thb.adjusted(), 0) + 8, rounding=ROUND_HALF_UP)
    satang_in_all = int(abs(amount_thb).quantize(_SATANG, context=exact).scaleb(2, context=exact))
    baht, satang = divmod(satang_in_all, 100)
    sign = "ลบ" if amount_thb < 0 and satang_in_all else ""
    if not satang:
        return f"{sign}{num_to_thaiword(baht)}บาทถ้วน"
    return f"{sign}{num_to_thaiword(baht) + 'บาท' if baht else ''}{num_to_thaiword(satang)}สตางค์"
