"""Orders of engagement as rings around the partners of the member that is looked at."""

from __future__ import annotations

import pytest

LOOK = """(order) => {
  const picture = engagesim.networks.pictures.a, t = picture.topology;
  const k = t.order.findIndex((o) => o === order);
  const [member, partner] = [t.i[k], t.j[k]];
  return [member, partner, picture.px[partner], picture.py[partner], picture.scale];
}"""
PIXELS = """([x, y, radius]) => {
  const canvas = document.getElementById("network-a");
  const size = Math.ceil(2 * radius) + 1;
  return [...canvas.getContext("2d").getImageData(x - radius, y - radius, size, size).data];
}"""


@pytest.mark.parametrize("order", [1, 2, 3])
def test_partners_of_the_member_looked_at_are_ringed_by_order(page, order: int):
    member, _, x, y, scale = page.evaluate(LOOK, order)
    around = [x, y, 13 * scale]

    def after(selected: int) -> list[int]:
        page.evaluate("(m) => engagesim.networks.pictures.a.select(m)", selected)
        page.wait_for_timeout(300)
        return page.evaluate(PIXELS, around)

    plain, ringed = after(-1), after(member)
    changed = sum(a != b for a, b in zip(plain, ringed, strict=True))
    page.evaluate("() => { engagesim.networks.pictures.a._ringPartners = () => {}; }")
    bare = after(member)
    rings = sum(a != b for a, b in zip(bare, ringed, strict=True))
    assert changed > rings > 60 * order
