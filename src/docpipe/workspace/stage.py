"""How far an order has come, by the files that it has."""

from docpipe.diagnostics import Text
from docpipe.workspace.order import Order

STAGES: dict[str, Text] = {
    "order": Text("opened", "已建单"),
    "inquiry": Text("inquiry", "询盘"),
    "quotation": Text("quotation", "报价"),
    "contract": Text("contract", "合同"),
    "review": Text("review", "评审"),
    "production": Text("production", "生产"),
    "quality": Text("quality", "质量"),
    "logistics": Text("logistics", "物流"),
    "packing": Text("packing", "包装"),
    "shipment": Text("shipment", "发运"),
    "feedback": Text("feedback", "客户反馈"),
    "survey": Text("survey", "满意度"),
    "archive": Text("archive", "归档"),
}


def stage_of(order: Order) -> str:
    """The latest stage of which the order has a file."""
    reached = {file.kind.stage for file in order.files} & STAGES.keys()
    return max(reached, key=list(STAGES).index, default="order")
