using System.Globalization;
using System.Text.RegularExpressions;

namespace Slipway.Deployment.Settings;

/// <summary>Durations as people type them: "90s", "20m", "1h30m".</summary>
public static partial class DurationText
{
    /// <summary>Reads hours, minutes and seconds, each at most once and in this order.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        var match = Pattern().Match(text);
        duration = default;
        if (!match.Success || text.Length == 0)
            return false;
        duration = new TimeSpan(Number(match.Groups["h"]), Number(match.Groups["m"]), Number(match.Groups["s"]));
        return true;
    }

    /// <summary>The shortest text that <see cref="TryParse"/> reads back; fractions of seconds are dropped.</summary>
    public static string Format(TimeSpan duration)
    {
        var (hours, minutes, seconds) = ((int)duration.TotalHours, duration.Minutes, duration.Seconds);
        var text = string.Concat(Part(hours, 'h'), Part(minutes, 'm'), Part(seconds, 's'));
        return text.Length == 0 ? "0s" : text;
    }

    private static string Part(int number, char unit) => number == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{number}{unit}");

    private static int Number(Group group) => group.Success ? int.Parse(group.ValueSpan, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"\A(?:(?<h>[0-9]{1,6})h)?(?:(?<m>[0-9]{1,6})m)?(?:(?<s>[0-9]{1,6})s)?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
