"""Families of shipped scenarios, for the page that lists them."""

from __future__ import annotations

from collections.abc import Iterable

FAMILIES = {
    "To start from, and a control": ("plain_organization", "new_label_same_rules"),
    "Extraction and contribution": (
        "the_suggestion_machine", "neighbours_helping_neighbours", "half_hearted", "off_the_clock",
        "off_the_clock_paid", "the_soap_plant", "the_soap_plant_offered_with_a_raise",
        "the_soap_plant_offered_without_a_raise", "the_soap_plant_offered_with_a_large_raise",
        "the_soap_plant_imposed_without_a_raise", "the_soap_plant_imposed_with_a_large_raise",
    ),
    "Rewards, shares and scores": (
        "badges_on_top", "badges_taken_away", "thank_you_and_training", "rated_and_paid",
        "every_like_counts", "equal_shares", "fair_shares", "the_co_op",
        "the_scoreboard", "several_scoreboards",
    ),
    "Structure and decisions": (
        "the_pyramid", "fewer_bosses_no_bridges", "pyramid_with_a_social_network_inside", "flattened_after_a_year",
        "bridged_after_a_year", "wirearchy", "whole_room", "steering_committee", "birds_of_a_feather",
        "birds_of_a_feather_with_bridges",
    ),
    "Values": (
        "mission_on_the_wall", "mission_we_live", "say_one_thing_do_another",
        "say_one_thing_do_another_in_one_voice", "the_scandal", "the_scandal_after_kept_promises",
    ),
    "Relationships across the boundary": (
        "the_face_of_the_company_leaves", "the_company_owns_the_face", "logo_only", "shared_faces",
        "fans_bring_fans", "fans_bring_fans_for_nothing", "grassroots", "a_thousand_contacts", "few_and_deep",
    ),
    "Knowledge and technology": (
        "only_records", "only_talk", "records_and_talk", "slot_it_in", "let_it_change_us", "swallowed_by_the_host",
    ),
    "Participation, media and load": (
        "quiet_readers", "pressure_to_post", "always_on", "anywhen", "all_task", "all_relationship", "balanced",
    ),
    "Theory: one or two mechanisms alone": (
        "theory", "theory_public_goods", "theory_donation_game", "theory_exploration_and_exploitation",
        "theory_degroot_crowd", "theory_message_load", "theory_threshold_cascade", "theory_repeated_signals",
        "theory_invasions", "theory_conventions", "theory_bounded_confidence",
    ),
    "Experiments and field studies": (
        "pool_of_four", "a_fine_is_a_price", "pay_enough_or_not", "rewards_and_interest", "open_forum",
        "a_card_for_the_best", "kept_and_broken_promises",
    ),
}  # fmt: skip
"""Scenarios by family, each in the order in which they are best read."""

REST = "Further scenarios"
"""Where a scenario stands that no family names."""


def by_family(names: Iterable[str]) -> dict[str, list[str]]:
    """Scenario names by family; who belongs to none comes last, in the order given."""
    left = list(names)
    found = {family: [name for name in members if name in left] for family, members in FAMILIES.items()}
    known = {name for members in FAMILIES.values() for name in members}
    found[REST] = [name for name in left if name not in known]
    return {family: members for family, members in found.items() if members}
