"""Reply tokens: unguessable, one a letter, found again in whatever case a mail server leaves them."""

import re
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from noticedesk.desk.mail import tokens
from noticedesk.model.service import Agent

AGENT = Agent(name="A", address="B", email="copyright@Shop.example", timezone="UTC", plus_addresses=True)


def test_every_letter_has_a_name_of_its_own_with_128_random_bits() -> None:
    made = {tokens.new_message_id(AGENT.email) for _ in range(200)}
    assert len(made) == 200
    assert all(re.fullmatch(r"<[0-9a-f]{32}@shop\.example>", one) for one in made)


@given(upper=st.booleans(), named=st.booleans())
@settings(max_examples=4, derandomize=True)
def test_the_address_of_an_answer_names_its_letter(upper: bool, named: bool) -> None:
    name = tokens.new_message_id(AGENT.email)
    address = tokens.reply_address(AGENT, name)
    assert tokens.identifier_in(address.upper() if upper else address) == name


def test_without_such_addresses_answers_come_to_the_mailbox_itself() -> None:
    plain = replace(AGENT, plus_addresses=False)
    assert tokens.reply_address(plain, tokens.new_message_id(plain.email)) == plain.email


def test_an_address_that_would_become_too_long_stays_as_it_is() -> None:
    long = replace(AGENT, email=f"{'a' * 40}@shop.example")
    assert tokens.reply_address(long, tokens.new_message_id(long.email)) == long.email


@given(st.text(max_size=80))
@settings(max_examples=60, derandomize=True)
def test_what_bears_no_token_names_no_letter(text: str) -> None:
    assert tokens.identifier_in(text) == ""


def test_the_names_in_a_text_are_found_once_each_in_their_order() -> None:
    first, second = tokens.new_message_id(AGENT.email), tokens.new_message_id(AGENT.email)
    assert tokens.identifiers(f"About {second}, and {first}\n> {second} <short@shop.example>") == (second, first)
