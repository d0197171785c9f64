"""What a caller may hand in, and what is refused with a cure."""

import lxml.html
import pytest
from bs4 import BeautifulSoup
from conftest import PARAGRAPHS

import boilerstrip

TEXT = f"{PARAGRAPHS[0]}\nAdvertisement\n{PARAGRAPHS[1]}"
BODY = f"{PARAGRAPHS[0]}\n{PARAGRAPHS[1]}"
PROSE = "In Zürich fiel am Montag so viel Schnee, dass die Züge über die Brücke nicht fuhren."
PAGE = f"<html><head><title>Schnee</title></head><body><p>{PROSE}</p></body></html>"
ADDRESS = "https://post.example/schnee"


class Response:
    """What a response of any client has."""

    def __init__(self, content, content_type="text/html", field="content", url=ADDRESS):
        self.url = url
        self.headers = {"Content-Type": content_type}
        setattr(self, field, content)


def requests_response(content, content_type):
    from requests import Response as Requests

    response = Requests()
    response._content, response.url, response.status_code = content, ADDRESS, 200
    response.headers["content-type"] = content_type
    return response


def httpx_response(content, content_type):
    import httpx

    request = httpx.Request("GET", ADDRESS)
    headers = {"content-type": content_type}
    return httpx.Response(200, headers=headers, content=content, request=request)


def scrapy_response(content, content_type):
    http = pytest.importorskip("scrapy.http")
    return http.HtmlResponse(ADDRESS, headers={"Content-Type": content_type}, body=content)


def as_lower(content, content_type):
    response = Response(content, url=ADDRESS)
    response.headers = {"content-type": content_type}
    return response


def as_bytes(content, content_type):
    response = Response(content, field="body")
    response.headers = {"Content-Type": content_type.encode()}
    return response


CLIENTS = [requests_response, httpx_response, scrapy_response, Response, as_lower, as_bytes]


def test_every_kind_of_text_gives_the_same_article(tmp_path):
    path = tmp_path / "story"
    path.write_text(TEXT, encoding="utf-8")
    data = TEXT.encode()
    expected = boilerstrip.clean(TEXT)
    assert expected.body == BODY
    for source in (data, bytearray(data), memoryview(data), path):
        assert boilerstrip.clean(source) == expected


def test_a_path_is_read_as_what_it_holds(tmp_path):
    path = tmp_path / "page"
    path.write_bytes(PAGE.encode("cp1252"))
    assert boilerstrip.clean(path).document.text == PROSE


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("none.txt", "none.txt: no such file. Check the path."),
        ("", ": a folder. Pass its files one by one"),
        ("crawl.jsonl", "holds many documents, .* run boilerstrip clean"),
        ("a.txt", "a.txt: is a PDF, neither text nor HTML"),
    ],
)
def test_a_path_that_is_no_article_is_refused(tmp_path, name, problem):
    (tmp_path / "crawl.jsonl").write_text('{"text": "It rained."}\n{"text": "It snowed."}\n')
    (tmp_path / "a.txt").write_bytes(b"%PDF-1.7\n...")
    with pytest.raises(boilerstrip.InputError, match=problem):
        boilerstrip.clean(tmp_path / name)


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "utf-16-le"])
def test_a_response_is_read_with_its_encoding_and_address(client, encoding):
    response = client(PAGE.encode(encoding), f"text/html; charset={encoding}")
    article = boilerstrip.clean(response)
    assert article.document.text == PROSE
    assert article.url == ADDRESS
    assert article.title == "Schnee"


def test_the_callers_address_beats_the_responses():
    assert boilerstrip.clean(Response(PAGE.encode()), url="https://a.example/").url == (
        "https://a.example/"
    )


def test_a_stated_encoding_decides_where_the_bytes_do_not():
    page = "<html><body><p>Юристы и врачи обсудили в понедельник новый закон.</p></body></html>"
    response = Response(page.encode("koi8-r"), 'text/html; charset="koi8-r"')
    assert "Юристы и врачи" in boilerstrip.clean(response).document.text
    page = "<html><body><p>東京の新校舎建設工事を巡って警視庁が捜査した。</p></body></html>"
    response = Response(page.encode("iso-2022-jp"), "text/html;charset=iso-2022-jp")
    assert "新校舎建設工事" in boilerstrip.clean(response).document.text


@pytest.mark.parametrize("stated", ["iso-8859-1", "no-such-code", "utf-16"])
def test_a_wrong_encoding_in_the_head_does_no_harm(stated):
    page = PAGE.encode() if stated != "utf-16" else b"\xef\xbb\xbf" + PAGE.encode()
    response = Response(page, f"text/html; charset={stated}")
    assert boilerstrip.clean(response).document.text == PROSE


@pytest.mark.parametrize(
    ("content", "content_type"),
    [(b"...", "image/webp"), (b"{}", "application/json; charset=utf-8"), (b"%PDF-1.4", "")],
)
def test_a_response_that_is_no_page_is_refused(content, content_type):
    with pytest.raises(boilerstrip.InputError, match="neither text nor HTML"):
        boilerstrip.clean(Response(content, content_type))


def test_a_response_that_was_not_read_is_refused_with_a_cure():
    import httpx

    stream = httpx.ByteStream(b"It rained.")
    response = httpx.Response(200, stream=stream, request=httpx.Request("GET", ADDRESS))
    with pytest.raises(boilerstrip.InputError, match=r"Call its read\(\) first"):
        boilerstrip.clean(response)


@pytest.mark.parametrize(
    "source",
    [
        "https://example.org/story?id=3#top",
        "  http://example.org  ",
        "www.example.org/story.html",
        "https://de.example.org/wiki/Zürich",
        "s3://bucket/page",
    ],
)
def test_a_string_that_is_an_address_is_refused(source):
    with pytest.raises(boilerstrip.InputError, match="is an address, and nothing is fetched"):
        boilerstrip.clean(source)


@pytest.mark.parametrize("name", ["story.html", "my story.txt", "story"])
def test_a_string_that_is_the_path_of_a_file_is_refused(tmp_path, monkeypatch, name):
    (tmp_path / name).write_text(TEXT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for source in (name, str(tmp_path / name)):
        with pytest.raises(boilerstrip.InputError, match=r"is the path of a file\. Pass pathlib"):
            boilerstrip.clean(source)


@pytest.mark.parametrize("source", ["pages/story.html", "~/story.txt", "C:\\pages\\story.htm"])
def test_a_string_that_can_only_be_a_path_is_refused(source):
    with pytest.raises(boilerstrip.InputError, match="is the path of a file"):
        boilerstrip.clean(source)


@pytest.mark.parametrize(
    "text",
    [
        "The story is at https://example.org/story.",
        "https://example.org/story says that it rained.",
        "https://example.org/这是一篇文章，今天天气很好。",
        "and/or",
        "24/7",
        "n/a",
        "tests",
        "It rained.",
        "Read docs/schema.md for more.",
        "Open notes.txt/a.md, then close it.",
        "TCP/IP",
        "www. is short for World Wide Web",
        "https://example.org/story\n",
        "The address:\nhttps://example.org/story",
    ],
)
def test_a_text_that_names_an_address_or_path_is_a_text(text):
    article = boilerstrip.clean(text)
    assert article.document.text == text
    assert article.body == text.strip()


@pytest.mark.parametrize("source", [None, float("nan"), type("NAType", (), {})()])
def test_a_missing_value_is_refused_as_one(source):
    with pytest.raises(boilerstrip.InputError, match=r"missing value: .* Drop it, or pass ''"):
        boilerstrip.clean(source)


@pytest.mark.parametrize("source", [3, 0.5, ["text"], object(), {"text": "It rained."}, open])
def test_a_source_of_another_type_is_refused(source):
    with pytest.raises(boilerstrip.InputError, match=f"of type {type(source).__name__}. Pass text"):
        boilerstrip.clean(source)


def test_trees_and_soups_are_not_taken_for_responses():
    tree = lxml.html.document_fromstring(PAGE)
    tree.set("url", "x")
    for source in (tree, tree.getroottree(), BeautifulSoup(PAGE, "lxml")):
        article = boilerstrip.clean(source)
        assert article.document.text == PROSE
        assert article.url is None


@pytest.mark.parametrize("url", [5, b"https://a.example/", ["https://a.example/"]])
def test_an_address_of_another_type_is_refused(url):
    with pytest.raises(boilerstrip.InputError, match=r"url: .* Pass a str"):
        boilerstrip.clean(TEXT, url=url)
