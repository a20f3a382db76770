"""The finder itself: it must see English wherever a page keeps it, or the tests that use it prove nothing."""

import pytest

from .english import english_in, english_of_page


@pytest.mark.parametrize(
    "page",
    [
        "<p>请点 Save draft</p>",
        '<button aria-label="Toggle status">状态</button>',
        '<img alt="Village square">',
        '<input type="submit" value="Send">',
        '<input placeholder="Search…">',
        "<template><h2>Keyboard shortcuts</h2></template>",
        '<div data-w-tooltip-content-value="at Nov. 24"></div>',
        '<script type="application/json">{"STRINGS": {"MONTHS": ["November"]}}</script>',
        '<div data-block=\'{"_type": "wagtail.blocks.StreamBlock", "_args": [{"label": "Paragraph"}]}\'></div>',
        '<div data-block=\'{"_args": ["<input title=\\"Choose\\">"]}\'></div>',
        '{"step": "choose", "html": "<h2>Choose an image</h2>"}',
    ],
)
def test_english_is_found(page: str):
    assert english_of_page(page)


@pytest.mark.parametrize(
    "page",
    [
        "<p>存草稿</p><script>var saved = 'Saved'</script><style>a { color: red }</style>",
        '<a class="button button-secondary" href="/admin/logout/" data-controller="w-tooltip">退出登录</a>',
        "<p>指纹 0a1b2c3d4e5f6071，文件 表.xlsx，GPS 位置，someone@example.cn，https://example.cn/a/b</p>",
        '<div data-block=\'{"_type": "wagtail.blocks.StreamBlock", "_args": ["body", {"icon": "placeholder", "classname": "w-field"}]}\'></div>',
        '<script type="application/json">{"CSRF_TOKEN": "abcdef", "LOCALES": []}</script>',
    ],
)
def test_chinese_and_machine_s_own_words_pass(page: str):
    assert not english_of_page(page)


def test_one_word_is_enough():
    assert english_in("状态：Draft") == ["Draft"]
