"""What can be wrong with a YAML file before anybody asks what it says."""

from docpipe.diagnostics import Problem, Severity, Text


def _error(code: str, message: Text, hint: Text, manual: Text) -> Problem:
    return Problem(code, Severity.ERROR, message, hint, manual)


ENCODING = _error(
    "YAML01",
    Text("The file is not plain UTF-8 text ({what})", "文件不是普通的 UTF-8 文本（{what}）"),
    Text(
        "Save it as UTF-8; delete invisible characters", "请用编辑器另存为 UTF-8；不可见字符请删去"
    ),
    Text(
        "docpipe reads UTF-8, with or without a byte order mark, with LF or CRLF line ends. Files "
        "in GBK or UTF-16 would show other characters on other machines; invisible line ends (a "
        "lone carriage return, U+0085, U+2028) and marks (U+FEFF) show one thing and mean another.",
        "docpipe 只读 UTF-8（有无 BOM 均可，换行为 LF 或 CRLF）。GBK、UTF-16 文件"
        "在别的电脑上会变成乱码；"
        "不可见的换行（单独的回车、U+0085、U+2028）和标记（U+FEFF）会让看到的与读到的不一样。",
    ),
)
SIZE = _error(
    "YAML02",
    Text("The file has {bytes} bytes; the limit is {limit}", "文件有 {bytes} 字节，上限为 {limit}"),
    Text("Split it, or move attachments to papers/", "请拆分，或把附件放到 papers/"),
    Text(
        "An order's file is a page or two. A huge one is a mistake or an attack, and is not read.",
        "订单文件通常只有一两页；过大的文件不是放错了就是恶意的，不予读取。",
    ),
)
SYNTAX = _error(
    "YAML03",
    Text("This is not valid YAML: {what}", "YAML 写法有误：{what}"),
    Text("{how}", "{how}"),
    Text(
        "YAML is told apart by indentation, `key: value` with a space after the colon, and `- ` "
        "before list items. The place is where reading stopped; the slip may be a line above.",
        "YAML 靠缩进区分层次：`键: 值`，冒号后有一个空格；列表项以 `- ` 开头。"
        "所示位置是读不下去的地方，错误有时在上一行。",
    ),
)
REPEATED_KEY = _error(
    "YAML04",
    Text(
        'The field "{key}" appears here twice (first in line {first})',
        "字段“{key}”重复（第一次在第 {first} 行）",
    ),
    Text("Keep one of the two", "请删去其中一个"),
    Text(
        "Most YAML readers silently keep the last of two equal keys, so a wrong price could win. "
        "It also happens when Git merges two people's additions without a conflict.",
        "多数 YAML 程序遇到重复字段时不声不响取最后一个，错误的价格就可能生效。"
        "两人各加一行、Git 自动合并时也会出现。",
    ),
)
AMBIGUOUS = _error(
    "YAML05",
    Text("{value} can be read in more than one way ({what})", "{value} 有歧义（{what}）"),
    Text("{how}", "{how}"),
    Text(
        "YAML readers take 0123 as 83, 12:30 as 750, 1_000 as 1000 and yes-like words as true. "
        "docpipe guesses nothing: text goes in quotes, numbers are plain digits with a point.",
        "各种 YAML 程序会把 0123 读成 83、12:30 读成 750。docpipe 不猜："
        "文字请加引号，数字只写数字和小数点。",
    ),
)
FEATURE = _error(
    "YAML06",
    Text("YAML {what} is not used in order files", "订单文件不使用 YAML 的{what}"),
    Text("Write the value out", "请直接写出内容"),
    Text(
        "Anchors, aliases, merge keys, tags and several documents in one file make a value depend "
        "on another place, or on the program that reads it. Order files say everything plainly.",
        "锚点、别名、合并键、标签、一个文件多个文档，会让值取决于别处或取决于读取程序。订单文件一律直写。",
    ),
)
DEPTH = _error(
    "YAML07",
    Text("Nested more than {limit} levels deep", "嵌套超过 {limit} 层"),
    Text("Flatten it", "请减少层次"),
    Text("No order file needs more than a handful of levels.", "订单文件用不到这么多层。"),
)
CHARACTER = _error(
    "YAML08",
    Text("The value holds a control character ({what})", "内容含控制字符（{what}）"),
    Text("Delete it", "请删去"),
    Text(
        "Characters that no document can print (U+0000 to U+001F except tab and line feed, and "
        "half surrogates) come from copying out of other programs.",
        "无法打印的控制字符通常是从别的程序复制来的。",
    ),
)
EMPTY = _error(
    "YAML09",
    Text("The file is empty", "文件是空的"),
    Text("Fill it in, or delete it", "请填写，或删除该文件"),
    Text("An empty file states nothing.", "空文件不表示任何意思。"),
)

ALL = (
    ENCODING,
    SIZE,
    SYNTAX,
    REPEATED_KEY,
    AMBIGUOUS,
    FEATURE,
    DEPTH,
    CHARACTER,
    EMPTY,
)
