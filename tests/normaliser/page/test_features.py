from __future__ import annotations

import numpy as np
from selectolax.lexbor import LexborHTMLParser

from kliping.normaliser.page.anchors import Anchors
from kliping.normaliser.page.features import Measured, measure, shifted, since, window
from kliping.normaliser.page.layout import lay_out
from kliping.normaliser.page.segments import segment
from kliping.normaliser.page.trees import shipped_trees

PROSE = "Nelayan di dermaga kayu menunggu perahu lampion yang kembali lebih awal dari biasanya."
PAGE = (
    f"<main><h1>Feri malam</h1><p>{PROSE}</p><p>{PROSE}</p><h2>Jadwal</h2><p>{PROSE} <a href=x>Feri</a></p></main><ul>"
    + "".join(f"<li><p><a href=/{n}>Kabar {n}</a></p></li>" for n in range(3))
    + "</ul>"
)
"""Five blocks of an article, and a list of three links."""


TITLED = Anchors(("Feri malam",))


def measured_page(anchors: Anchors) -> Measured:
    return measure(lay_out(segment(LexborHTMLParser(PAGE).root), anchors.titles), anchors)


def column(name: str, anchors: Anchors = TITLED) -> list[float]:
    measured = measured_page(anchors)
    found = measured.rows[:, measured.columns.index(name)]
    return [round(float(value), 3) for value in found]


def test_a_page_has_a_row_a_block_and_every_feature_is_a_number() -> None:
    measured = measured_page(Anchors())
    assert measured.rows.shape == (8, len(measured.columns))
    assert np.isfinite(measured.rows).all()


def test_the_distance_to_the_title_is_counted_in_blocks() -> None:
    assert column("title_blocks") == [0, 1, 2, 3, 4, 5, 6, 7]


def test_the_share_of_good_text_is_of_all_blocks_with_the_same_path() -> None:
    assert column("path_share")[:5] == [0, 1, 1, 0, 1]


def test_elements_that_repeat_and_begin_with_a_link_are_cards() -> None:
    assert column("cards_parent") == [-1, -1, -1, -1, -1, 1, 1, 1]


def test_a_block_stands_under_the_last_heading() -> None:
    assert column("section_level") == [1, 1, 1, 2, 2, 2, 2, 2]
    assert column("section_blocks")[:5] == [0, 1, 2, 0, 1]


def test_a_text_that_stood_before_is_told() -> None:
    assert column("again")[:3] == [0, 0, 1]
    assert column("copies")[:3] == [1, 2, 2]


def test_what_the_page_states_as_its_body_is_found_in_its_blocks() -> None:
    assert column("stated", Anchors(("Feri malam",), body=PROSE))[1] == 1.0
    assert column("stated")[1] == -1.0


def test_neighbours_lie_some_steps_off() -> None:
    values = np.array([1.0, 2.0, 3.0])
    assert shifted(values, 1).tolist() == [2.0, 3.0, -1.0]
    assert shifted(values, -2).tolist() == [-1.0, -1.0, 1.0]
    assert shifted(values, 5).tolist() == [-1.0, -1.0, -1.0]


def test_the_blocks_since_a_place_are_counted() -> None:
    assert since(np.array([1, 3]), 5).tolist() == [50, 0, 1, 0, 1]
    assert since(np.array([], int), 2).tolist() == [50, 50]


def test_a_window_ends_where_the_page_ends() -> None:
    assert [ends.tolist() for ends in window(4, 1)] == [[0, 0, 1, 2], [2, 3, 4, 4]]


def test_the_model_that_ships_reads_the_features_that_are_measured() -> None:
    measured = measured_page(Anchors())
    assert shipped_trees().columns == measured.columns


def test_rows_of_data_are_worth_as_much_as_prose() -> None:
    rows = "<tr><td>Dermaga kayu</td><td>pukul tujuh</td></tr>"
    layout = lay_out(segment(LexborHTMLParser(f"<table>{rows}</table><p>Dermaga kayu pukul tujuh</p>").root), ())
    assert layout.good.tolist() == [24.0, 0.0]
