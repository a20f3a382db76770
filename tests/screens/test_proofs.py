"""核对凭据: anybody sees whether a receipt is whole, whether it stands in its chain, and whether the text still is what it proves."""

import pytest

from openness.disclosures.models import Disclosure, Receipt
from openness.disclosures.services.take_down import withdraw

pytestmark = pytest.mark.django_db


def of(receipt: Receipt) -> str:
    return f"/receipt/{receipt.unit.code}-{receipt.seq}/"


def test_a_receipt_says_what_when_who_and_that_it_fits(published, read):
    text = published()
    receipt = text.receipts.get()
    page = read(of(receipt))
    for words in (receipt.hash, receipt.content_hash, text.title, "首次公开", "一个字不差", "第 1 号"):
        assert words in page
    assert "#" not in page.split("<dl")[1].split("</dl>")[0], "no numbers of accounts"
    assert of(receipt) in read(text.get_absolute_url())


def test_words_changed_behind_the_back_of_the_receipts_are_found(published, read):
    text = published()
    Disclosure.objects.filter(pk=text.pk).update(title="偷偷改的题目")
    assert "对不上" in read(of(text.receipts.get()))
    assert "没有更正的记录" in read(of(text.receipts.get()))


def test_a_corrected_text_s_first_receipt_still_fits_its_own_version(published, correct, read):
    text = published()
    correct(text, title="更正以后的题目")
    first, second = text.receipts.order_by("seq")
    page = read(of(first))
    assert "当时的那一版也存着" in page
    assert "接得上" in page
    assert of(second) in page
    assert "一个字不差" in read(of(second))


def test_a_withdrawn_text_keeps_its_receipts_and_shows_no_word(published, member, read):
    text = published(title="撤下的题目")
    withdraw(text, member("reviewer", text.unit), "有误")
    for receipt in text.receipts.all():
        page = read(of(receipt))
        assert "凭证没有改过" in page
        assert "撤下的题目" not in page
        assert text.index_number in page


def test_a_broken_chain_is_told(published, read, monkeypatch):
    text = published()
    receipt = text.receipts.get()
    broken = "openness.disclosures.services.proofs.receipt_hash"
    monkeypatch.setattr(broken, lambda _receipt: "0" * 64)  # the database refuses to change a receipt
    assert "凭证本身和它的指纹不符" in read(of(receipt))


def test_found_by_number_or_fingerprint_however_written(published, client, read):
    receipt = published().receipts.get()
    for said in (
        f"{receipt.unit.code}-{receipt.seq}",
        f" {receipt.unit.code} － {receipt.seq}",
        receipt.hash[:8],
        receipt.hash[:16].upper(),
    ):
        assert client.get("/receipt/", {"n": said}).url == of(receipt), said
    for said in ("123", "220204101201-99", "zz", "<script>", "0" * 16):
        assert "没有找到" in read(f"/receipt/?n={said}")
    assert "<script>alert" not in read("/receipt/?n=<script>alert(1)</script>")
    assert "没有找到" not in read("/receipt/")


def test_from_a_text_to_its_newest_receipt(published, correct, client, read, draft):
    text = published()
    correct(text, title="更正以后的题目")
    assert client.get(f"/d/{text.pk}/receipt/").url == of(text.receipts.order_by("-seq").first())
    read(f"/d/{draft().pk}/receipt/", 404)
    read("/receipt/220204101201-999/", 404)


def test_the_check_costs_the_same_however_long_the_chain(published, queries):
    receipt = published().receipts.get()
    for number in range(2):
        published(title=f"第{number}条")
    middle = Receipt.objects.get(seq=2)
    queries(of(middle))
    before = queries(of(middle))
    for number in range(6):
        published(title=f"又一条{number}")
    assert queries(of(middle)) == before
    assert receipt.seq == 1
