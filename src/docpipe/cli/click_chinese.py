"""click's own words in Chinese: it asks gettext, so this is a gettext catalogue in memory."""

import gettext

_WORDS = {
    "Usage:": "用法：",
    "required": "必填",
    "Options": "选项",
    "Commands": "命令",
    "Show this message and exit.": "显示本说明",
    "Show the version and exit.": "显示版本",
    "Error: {message}": "错误：{message}",
    "Try '{command} {option}' for help.": "说明：{command} {option}",
    "Missing argument": "缺少参数",
    "Missing option": "缺少选项",
    "Missing command.": "缺少命令。",
    "No such option {name!r}.": "没有选项 {name}。",
    "Option {name!r} does not take a value.": "选项 {name} 不带内容。",
    "Invalid value for {param_hint}: {message}": "{param_hint} 的内容不对：{message}",
    "Invalid value: {message}": "内容不对：{message}",
    "Choose from:\n\t{choices}": "可选：\n\t{choices}",
    "{name} {filename!r} is a file.": "{filename} 是文件。",
    "directory": "目录",
}
_COUNTED = {
    "Got unexpected extra argument ({args})": "多余的参数（{args}）",
    "{value!r} is not one of {choices}.": "{value} 不在可选范围内：{choices}。",
}


class _Catalogue(gettext.NullTranslations):
    """Falls back to click's English for what is not in the tables."""

    def gettext(self, message: str) -> str:
        return _WORDS.get(message, message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return _COUNTED.get(msgid1) or super().ngettext(msgid1, msgid2, n)


def speak_chinese() -> None:
    """Answer `gettext.gettext`, which click calls by that name, from the tables above.

    Must run before click is imported: its modules bind the functions when they load.
    """
    catalogue = _Catalogue()
    gettext.gettext = catalogue.gettext
    gettext.ngettext = catalogue.ngettext
