"""What can be wrong with the files of a workspace as files."""

from docpipe.diagnostics import Problem, Severity, Text

LINK = Problem(
    "FILE01",
    Severity.ERROR,
    Text("This is a symbolic link, and is not read", "这是符号链接，不予读取"),
    Text("Put the file itself here", "请放入文件本身"),
    Text(
        "A link can lead out of the workspace, to files that nobody reviewed. None is followed.",
        "链接可能指向工作区之外、无人审阅的文件，docpipe 一律不跟随。",
    ),
)
STRANGER = Problem(
    "FILE02",
    Severity.WARNING,
    Text(
        'No kind of file is called "{name}"; it is not used',
        "没有名为“{name}”的文件种类，此文件不会被使用",
    ),
    Text("{how}", "{how}"),
    Text(
        "A file whose name fits no kind is ignored, which is seldom what its author meant. "
        "`docpipe add` makes files with the right names; papers from outside belong in papers/.",
        "文件名对不上任何种类时会被忽略，这多半不是作者的本意。"
        "请用 `docpipe add` 建文件；外来文件放 papers/。",
    ),
)
NAME = Problem(
    "FILE03",
    Severity.ERROR,
    Text(
        'The name "{name}" does not work on every computer ({what})',
        "文件名“{name}”并非在所有电脑上都能用（{what}）",
    ),
    Text("Rename it", "请改名"),
    Text(
        "Windows and macOS take some names for equal that Linux keeps apart (upper and lower case, "
        "composed and decomposed accents), and Windows refuses others (CON, AUX, a trailing dot). "
        "200 characters fit into a path, 255 bytes into a name. "
        "Such a file cannot be checked out by everybody.",
        "Windows、macOS 不区分大小写和字符的组合形式，Windows 还禁用某些名称"
        "（CON、AUX、以点结尾等）。路径最多 200 个字符，名称最多 255 字节。"
        "这样的文件有人会取不下来。",
    ),
)
NO_ORDER = Problem(
    "FILE04",
    Severity.ERROR,
    Text("The folder has no order.yaml", "文件夹里没有 order.yaml"),
    Text(
        "Add it: docpipe new {number} --customer CODE",
        "请新建：docpipe new {number} --customer 客户代码",
    ),
    Text(
        "order.yaml owns the facts that all other files of an order refer to: customer, currency, "
        "Incoterm, lines.",
        "order.yaml 记录其他文件都要引用的内容：客户、币种、贸易术语、货物行。",
    ),
)
UNREADABLE = Problem(
    "FILE05",
    Severity.ERROR,
    Text("The file cannot be read: {why}", "文件无法读取：{why}"),
    Text("Put an ordinary file there that you may read", "请放入普通文件，并检查读取权限"),
    Text(
        "The operating system refused access to the file, or it is a pipe or a device: reading "
        "one waits until somebody writes into it, and may never end.",
        "操作系统拒绝读取该文件，或者它是管道、设备文件：读取时会一直等到有人写入，可能永远读不完。",
    ),
)
MORE = Problem(
    "FILE06",
    Severity.NOTE,
    Text("{count} more findings {where} are not listed", "{where}另有 {count} 个问题未列出"),
    Text("Fix those that are, and check again", "请先处理已列出的问题，再次检查"),
    Text(
        "Of one file at most a hundred findings are listed, and two thousand in all, errors before "
        "warnings and notes: a damaged file says little more with each of them.",
        "每个文件最多列出一百个问题，总共最多两千个，错误先于警告和提示：文件一旦受损，"
        "逐条列出的意义不大。",
    ),
)

ALL = (LINK, STRANGER, NAME, NO_ORDER, UNREADABLE, MORE)
