"""What can be wrong between a file and its schema."""

from docpipe.diagnostics import Problem, Severity, Text

_MANUAL = Text(
    "Each file has a JSON Schema in schemas/ that names its fields, what to write in them and "
    "in which form; editors that know YAML show the same texts while you type.",
    "每个文件在 schemas/ 里有一份 JSON Schema，写明有哪些字段、填什么、什么格式；"
    "支持 YAML 的编辑器在输入时会显示同样的说明。",
)


def _error(code: str, message: Text, hint: Text) -> Problem:
    return Problem(code, Severity.ERROR, message, hint, _MANUAL)


MISSING = _error(
    "SCH01",
    Text('"{name}" ({title}) is missing', "缺少“{name}”（{title}）"),
    Text("{description}", "{description}"),
)
UNKNOWN = _error(
    "SCH02",
    Text('There is no field "{name}" here', "这里没有“{name}”这个字段"),
    Text("{how}", "{how}"),
)
TYPE = _error(
    "SCH03",
    Text(
        "{title}: {expected} is expected, not {actual}", "{title}：应填{expected}，而不是{actual}"
    ),
    Text("{how}", "{how}"),
)
CHOICE = _error(
    "SCH04",
    Text('{title}: "{value}" is not one of the choices', "{title}：“{value}”不在可选范围内"),
    Text("{how}", "{how}"),
)
FORM = _error(
    "SCH05",
    Text('{title}: "{value}" does not have the right form', "{title}：“{value}”格式不对"),
    Text("{how}", "{how}"),
)
RANGE = _error(
    "SCH06",
    Text("{title}: {value} must be {bound}", "{title}：{value} 应{bound}"),
    Text("Correct the number", "请改正数字"),
)
LENGTH = _error(
    "SCH07",
    Text("{title}: {bound} allowed, here {count}", "{title}：允许{bound}，现有 {count}"),
    Text("Shorten or complete it", "请删减或补全"),
)
REPEATED = _error(
    "SCH08",
    Text("{title}: the same item appears twice", "{title}：有重复项"),
    Text("Remove one of the two", "请删去一个"),
)
SHAPE = _error(
    "SCH09",
    Text("{title}: these fields do not go together", "{title}：这些字段不能这样组合"),
    Text("{description}", "{description}"),
)
TOO_DEAR = _error(
    "SCH10",
    Text("Checking the file against its schema takes too long", "按模式检查此文件耗时过长"),
    Text(
        "Shorten the longest texts in it, or the pattern of their field in schemas/",
        "请缩短其中最长的文字，或简化 schemas/ 中该字段的 pattern",
    ),
)

ALL = (MISSING, UNKNOWN, TYPE, CHOICE, FORM, RANGE, LENGTH, REPEATED, SHAPE, TOO_DEAR)
