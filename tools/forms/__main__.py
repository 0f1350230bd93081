"""Draw the templates: `python -m tools.forms` in the repository's root."""

from importlib import import_module
from pathlib import Path

from . import logo
from .kit import LOGO, Form
from .letterhead import letterhead
from .package import save

KINDS = (
    "order_sheet",
    "customer_profile",
    "market_research",
    "inquiry_reply",
    "quotation",
    "proforma_invoice",
    "sales_contract",
    "contract_amendment",
    "order_review_form",
    "review_result_letter",
    "purchase_order",
    "production_plan",
    "progress_report",
    "stock_in_note",
    "material_inspection_report",
    "process_inspection_report",
    "final_inspection_report",
    "preshipment_inspection_report",
    "non_conformity_report",
    "booking_instruction",
    "forwarding_agreement",
    "commercial_invoice",
    "packing_list",
    "export_declaration_draft",
    "clearance_requirement_letter",
    "shipping_mark",
    "shipping_advice",
    "tracking_update",
    "feedback_request",
    "complaint_report",
    "solution_notice",
    "survey_form",
    "survey_result",
    "paper_catalogue",
)


def main() -> None:
    """Draw the letterhead and every document; the logo only where there is none."""
    if not LOGO.exists():
        logo.draw(LOGO)
    folder = LOGO.parent
    save(letterhead("Letterhead 信头", LOGO), folder / "letterhead.docx")
    for kind in KINDS:
        form: Form = import_module(f"{__package__}.{kind}").draw()
        save(form.document, Path(folder, f"{kind.replace('_', '-')}.docx"))


if __name__ == "__main__":
    main()
