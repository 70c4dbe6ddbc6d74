"""The trend with loops, point by point."""


def slope_and_precision(points):
    """Return the slope through (year, value, variance) points and its precision."""
    total = sum(1 / variance for _, _, variance in points)
    year = sum(x / variance for x, _, variance in points) / total
    level = sum(y / variance for _, y, variance in points) / total
    precision = sum((x - year) ** 2 / variance for x, _, variance in points)
    along = sum((x - year) * (y - level) / variance for x, y, variance in points)
    return along / precision, precision


def claimed_direction(points, limit=9.549535706):
    """Return 1 or -1 for a change that is claimed, else 0."""
    last = sorted(points)[-5:]
    if len(last) < 5:
        return 0
    slope, precision = slope_and_precision(last)
    left_out = [
        slope_and_precision(last[:i] + last[i + 1 :])[0] for i in range(len(last))
    ]
    holds = all(other * slope > 0 for other in left_out)
    if not holds or slope**2 * precision <= limit:
        return 0
    return 1 if slope > 0 else -1
