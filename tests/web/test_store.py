from recruit.web.store import Store


def test_keeps_so_many_and_forgets_the_oldest_first():
    store: Store[str, int] = Store(2)
    for number, key in enumerate("abc"):
        store.keep(key, number)

    assert [store.get(key) for key in "abc"] == [None, 1, 2]
    assert len(store) == 2


def test_what_is_kept_again_is_young_again():
    store: Store[str, int] = Store(2)
    for number, key in enumerate("abac"):
        store.keep(key, number)

    assert [store.get(key) for key in "abc"] == [2, None, 3]
