import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError

from openness.disclosures.models import Receipt
from openness.disclosures.services.receipts import broken_receipts, receipt_hash

pytestmark = pytest.mark.django_db


def refused(act) -> bool:
    try:
        with transaction.atomic():
            act()
    except DatabaseError as error:
        return "append-only" in str(error)
    return False


def raw(sql: str):
    def act() -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql)

    return act


def test_the_database_refuses_to_change_a_receipt(published):
    published()
    assert refused(lambda: Receipt.objects.update(actor="别人"))
    assert refused(lambda: Receipt.objects.first().save())
    assert refused(raw("UPDATE disclosures_receipt SET note = 'x'"))
    assert refused(lambda: Receipt.objects.bulk_update([Receipt.objects.first()], ["note"]))


def test_the_database_refuses_to_delete_a_receipt(published):
    published()
    assert refused(lambda: Receipt.objects.all().delete())
    assert refused(raw("DELETE FROM disclosures_receipt"))
    assert Receipt.objects.count() == 1


def test_the_database_refuses_to_empty_the_table(published):
    """PostgreSQL by the trigger; SQLite knows no TRUNCATE."""
    published()
    empty = raw("TRUNCATE disclosures_receipt CASCADE")
    if connection.vendor == "postgresql":
        raw("SET CONSTRAINTS ALL IMMEDIATE")()  # or PostgreSQL refuses for the keys still to be checked
        assert refused(empty)
    else:
        with pytest.raises(DatabaseError, match="syntax error"), transaction.atomic():
            empty()
    assert Receipt.objects.count() == 1


def test_what_has_a_receipt_cannot_be_deleted(published):
    with pytest.raises(ProtectedError):
        published().delete()


def write_by_hand(seq: int, previous_hash: str) -> None:
    """A receipt that did not come from the service, with a right hash of its own."""
    first = Receipt.objects.get()
    columns = {"unit": first.unit, "disclosure": first.disclosure, "verb": "publish", "at": first.at, "actor": "谁", "approver": "谁"}
    forged = Receipt(**columns, seq=seq, content_hash="0" * 64, previous_hash=previous_hash)
    forged.hash = receipt_hash(forged)
    forged.save()


def test_a_forged_receipt_shows(published):
    published()
    write_by_hand(seq=2, previous_hash="f" * 64)
    assert [(receipt.seq, reason) for receipt, reason in broken_receipts()] == [(2, "和上一号接不上")]


def test_a_missing_receipt_shows(published):
    published()
    write_by_hand(seq=3, previous_hash=Receipt.objects.get().hash)
    assert [reason for _receipt, reason in broken_receipts()] == ["少了第 2 号"]


def test_every_column_is_under_the_hash(published):
    published()
    receipt = Receipt.objects.get()
    proof = receipt_hash(receipt)
    for column, value in {
        "actor": "x",
        "approver": "x",
        "note": "x",
        "verb": "correct",
        "seq": 9,
        "content_hash": "1" * 64,
        "previous_hash": "2" * 64,
        "revision": 7,
    }.items():
        forged = Receipt.objects.get()
        setattr(forged, column, value)
        assert receipt_hash(forged) != proof, column
