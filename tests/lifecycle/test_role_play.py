"""Who plays which function: never the own one, swapped wherever that is possible, and refused where nobody could."""

from random import Random

import pytest

from wallboard.errors import RuleRefused
from wallboard.lifecycle.role_play import cast

FUNCTIONS = "abcdefghijklmnopqrst"


def swapped(players: dict[int, str], parts: dict[int, str]) -> int:
    """How many people play the function of somebody who plays theirs."""
    pairs = {(players[user], parts[user]) for user in players}
    return sum((parts[user], players[user]) in pairs for user in players)


@pytest.mark.req("R9")
def test_in_a_thousand_rosters_nobody_plays_their_own_function() -> None:
    random = Random(9)
    for seed in range(1000):
        players = {user: random.choice(FUNCTIONS[: random.randint(2, 8)]) for user in range(random.randint(2, 30))}
        if len(set(players.values())) < 2:
            continue
        parts = cast(players, seed)
        assert parts.keys() == players.keys()
        assert all(parts[user] != players[user] and parts[user] in players.values() for user in players)


@pytest.mark.req("R9")
@pytest.mark.parametrize("half", range(1, 10))
def test_people_of_as_many_functions_swap_in_pairs_and_an_odd_one_makes_a_round_of_three(half: int) -> None:
    even = dict(enumerate(FUNCTIONS[: 2 * half]))
    assert swapped(even, cast(even, half)) == 2 * half
    odd = dict(enumerate(FUNCTIONS[: 2 * half + 1]))
    parts = cast(odd, half)
    assert swapped(odd, parts) == 2 * half - 2
    assert sorted(parts.values()) == sorted(odd.values()), "each function is played once"


def test_where_most_work_in_one_function_all_others_swap_and_the_rest_plays_them() -> None:
    parts = cast({1: "sales", 2: "sales", 3: "sales", 4: "sales", 5: "store", 6: "office"}, 0)
    assert (parts[5], parts[6]) == ("sales", "sales")
    assert {parts[user] for user in (1, 2, 3, 4)} == {"store", "office"}


def test_the_same_people_get_the_same_parts_and_a_second_deal_may_give_others() -> None:
    players = dict(enumerate(FUNCTIONS[:8]))
    assert cast(players, 1) == cast(players, 1)
    assert any(cast(players, seed) != cast(players, 1) for seed in range(2, 9))


@pytest.mark.req("R9")
@pytest.mark.parametrize(("players", "why"), [({1: "sales"}, "at least two people"), ({1: "sales", 2: "sales"}, "one function")])
def test_what_cannot_be_cast_is_refused_in_a_sentence(players: dict[int, str], why: str) -> None:
    with pytest.raises(RuleRefused, match=why):
        cast(players, 0)
