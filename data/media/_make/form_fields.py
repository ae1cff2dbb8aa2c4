"""What the refund form asks: its parts, its boxes to write in and its boxes to tick."""

from __future__ import annotations

Row = list[tuple[str, str, float]]

PARTS: list[tuple[str, str, list[Row]]] = [
    (
        "1. About you",
        "Write in capital letters. Please do not write outside the boxes.",
        [
            [
                ("title", "Title", 0.15),
                ("first_name", "First name", 0.35),
                ("last_name", "Last name", 0.5),
            ],
            [
                ("customer_number", "Customer number", 0.4),
                ("agreement_number", "Agreement number", 0.6),
            ],
            [
                ("house", "House number", 0.2),
                ("street", "Street", 0.5),
                ("postcode", "Postcode", 0.3),
            ],
            [("town", "Town", 0.5), ("country", "Country", 0.5)],
            [("email", "E-mail", 0.6), ("contact_hours", "Hours when we may reach you", 0.4)],
        ],
    ),
    (
        "2. About the box",
        "You find the numbers on the label, which the driver keeps.",
        [
            [("order_number", "Order number", 0.5), ("parcel_number", "Parcel number", 0.5)],
            [
                ("date_ordered", "Date ordered", 0.34),
                ("date_promised", "Date promised", 0.33),
                ("date_arrived", "Date arrived", 0.33),
            ],
            [
                ("box_weight", "Weight of box (grams)", 0.33),
                ("box_value", "Value of contents", 0.33),
                ("amount_paid", "Amount paid", 0.34),
            ],
        ],
    ),
    (
        "3. What happened",
        "Tick every box that applies. If more than two apply, use one form for each.",
        [],
    ),
    (
        "4. What you did about it",
        "Calls are only counted if you noted the name of the person.",
        [
            [("call_1_date", "First call, date", 0.3), ("call_1_name", "You spoke to", 0.7)],
            [("call_2_date", "Second call, date", 0.3), ("call_2_name", "You spoke to", 0.7)],
            [("call_3_date", "Third call, date", 0.3), ("call_3_name", "You spoke to", 0.7)],
            [("neighbour", "Neighbour who could have taken the box in", 1.0)],
        ],
    ),
    (
        "5. How we may pay you back",
        "Refunds are made within 30 working days of the last question being answered.",
        [
            [("account_holder", "Account holder", 0.6), ("bank", "Bank", 0.4)],
            [("sort_code", "Sort code", 0.35), ("account_number", "Account number", 0.65)],
        ],
    ),
    (
        "6. Your declaration",
        "A false declaration may lead to the closing of your account.",
        [
            [("place", "Place", 0.5), ("date_signed", "Date", 0.5)],
            [("signature", "Signature", 0.6), ("signature_witness", "Signature of a witness", 0.4)],
        ],
    ),
]
CHECKS: dict[str, list[tuple[str, str]]] = {
    "3": [
        ("late", "The box came late."),
        ("never", "The box never came."),
        ("twice", "The box came twice."),
        ("wet", "The box was wet."),
        ("dented", "The box was dented or open."),
        ("missing", "Something was missing."),
        ("wrong_place", "It was left in the wrong place."),
        ("other", "Something else (use form AP/4)."),
    ],
    "4": [
        ("photo_box", "I enclose a photograph of the box."),
        ("photo_empty", "I enclose a photograph of what is missing."),
    ],
    "6": [
        ("true", "Everything on this form is true."),
        ("kept", "I have kept the box, the tape and the label."),
        ("terms", "I accept the terms of refund (41 pages)."),
        ("news", "I wish to receive offers."),
    ],
}
NOTES = [
    "Use black ink. Forms in blue ink are read last.",
    "Enclose the original label. Copies of the label are not accepted.",
    "Do not send the box. If you have sent the box, use form AP/3/RET.",
    "Write your customer number on the back of every photograph.",
    "You receive an answer by post. Please do not call to ask about the answer.",
]
REQUIRED = {
    *("first_name", "last_name", "customer_number", "house", "street", "postcode", "town", "email"),
    *("order_number", "parcel_number", "date_promised", "date_arrived", "box_weight", "amount_paid", "in_your_words"),
    *("account_holder", "sort_code", "account_number", "place", "date_signed", "signature", "signature_witness"),
    *("tick_true", "tick_kept", "tick_terms"),
}
LONGEST = {"title": 8, "postcode": 8, "sort_code": 6, "account_number": 8, "in_your_words": 50}
