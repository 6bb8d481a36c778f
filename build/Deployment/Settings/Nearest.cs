namespace Slipway.Deployment.Settings;

/// <summary>Finds what a person may have meant.</summary>
public static class Nearest
{
    /// <summary>The known name that is at most two edits away or shares a beginning; null where nothing is near.</summary>
    public static string? Find(string name, IEnumerable<string> known)
    {
        var candidates =
            known.Select(k => (Name: k, Distance: Distance(Fold(name), Fold(k)))).OrderBy(c => c.Distance).ThenBy(
                c => c.Name, StringComparer.Ordinal).ToList();
        var near = candidates.FirstOrDefault(c => c.Distance <= Math.Min(2, (c.Name.Length - 1) / 2));
        return near.Name ?? candidates.FirstOrDefault(c => SharesBeginning(Fold(name), Fold(c.Name))).Name;
    }

    /// <summary>Damerau-Levenshtein distance (optimal string alignment), for short names.</summary>
    public static int Distance(string left, string right)
    {
        // Longer than any name: far from all of them, without the work.
        if (Math.Abs(left.Length - right.Length) > 64)
            return Math.Abs(left.Length - right.Length);
        var cost = Enumerable.Range(0, left.Length + 1).Select(_ => new int[right.Length + 1]).ToArray();
        for (var i = 0; i <= left.Length; i++)
            cost[i][0] = i;
        for (var j = 0; j <= right.Length; j++)
            cost[0][j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            for (var j = 1; j <= right.Length; j++)
            {
                var change = left[i - 1] == right[j - 1] ? 0 : 1;
                cost[i][j] = Math.Min(Math.Min(cost[i - 1][j] + 1, cost[i][j - 1] + 1), cost[i - 1][j - 1] + change);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    cost[i][j] = Math.Min(cost[i][j], cost[i - 2][j - 2] + 1);
            }
        }

        return cost[left.Length][right.Length];
    }

    private static bool SharesBeginning(string given, string known) =>
        given.Length >= 3 && (known.StartsWith(given, StringComparison.Ordinal) || given.StartsWith(known, StringComparison.Ordinal));

    // "imageTag", "image_tag" and "IMAGE-TAG" all mean "image-tag".
    private static string Fold(string name) =>
        name.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
}
