"""How a figure grows with its size: the exponent, and a picture of it."""
import html
import math

PANEL_W, PANEL_H, COLUMNS = 300, 170, 3
EDGE = 34


def exponent(sizes, values):
    """The slope of the line through the logarithms, by least squares."""
    xs = [math.log(s) for s in sizes]
    ys = [math.log(max(v, 1e-9)) for v in values]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    return (sum((a - x) * (b - y) for a, b in zip(xs, ys)) /
            sum((a - x) ** 2 for a in xs))


def panel(row, sizes, left, top):
    """Both axes logarithmic: a straight line up is one that grows with it."""
    logs = [math.log10(max(v, 1e-9)) for v in row["values"]]
    low, high = math.floor(min(logs)), math.ceil(max(logs) + 0.01)
    span = math.log10(sizes[-1] / sizes[0])
    points = []
    for size, y in zip(sizes, logs):
        points.append((
            left + EDGE + (PANEL_W - 2 * EDGE) *
            math.log10(size / sizes[0]) / span,
            top + PANEL_H - EDGE - (PANEL_H - 2 * EDGE) *
            (y - low) / (high - low)))
    out = ['<text x="%d" y="%d" font-weight="bold">%s</text>' % (
        left + 8, top + 18, html.escape(row["name"])),
        '<polyline fill="none" stroke="#1d5c9c" stroke-width="2" points="%s"/>'
        % " ".join("%.1f,%.1f" % p for p in points)]
    for (x, y), value, size in zip(points, row["values"], sizes):
        out.append('<circle cx="%.1f" cy="%.1f" r="3.5" fill="#1d5c9c"/>'
                   '<text x="%.1f" y="%.1f" text-anchor="middle">%.3g</text>'
                   '<text x="%.1f" y="%d" text-anchor="middle" fill="#666">'
                   '%g\u00d7</text>' % (x, y, x, y - 8, value, x,
                                        top + PANEL_H - 14, size))
    out.append('<text x="%d" y="%d" text-anchor="end" fill="#666">%s, '
               'exponent %.2f</text>' % (
                   left + PANEL_W - 8, top + PANEL_H,
                   html.escape(row["unit"] or "each"), row["exponent"]))
    return "\n".join(out)


def draw(rows, sizes, path):
    height = PANEL_H + 14
    lines = -(-len(rows) // COLUMNS)
    with open(path, "w", encoding="utf-8") as out:
        out.write('<svg xmlns="http://www.w3.org/2000/svg" width="%d" '
                  'height="%d" font-family="sans-serif" font-size="11">\n'
                  '<rect width="100%%" height="100%%" fill="#fff"/>\n' % (
                      COLUMNS * PANEL_W, lines * height + 8))
        for i, row in enumerate(rows):
            out.write(panel(row, sizes, i % COLUMNS * PANEL_W,
                            i // COLUMNS * height) + "\n")
        out.write("</svg>\n")
