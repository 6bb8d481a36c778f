using System.Globalization;
using Cake.Core.Diagnostics;

namespace Cake.Frosting.Tests.Fakes;

/// <summary>Keeps every message with its level, whatever the verbosity.</summary>
internal sealed class RecordingLog : ICakeLog
{
    private readonly List<(LogLevel Level, string Text)> entries = [];

    public Verbosity Verbosity { get; set; } = Verbosity.Normal;

    public IEnumerable<string> Warnings => Of(LogLevel.Warning);

    public IEnumerable<string> Errors => Of(LogLevel.Error);

    public IEnumerable<string> Messages => Of(LogLevel.Information);

    public void Write(Verbosity verbosity, LogLevel level, string format, params object[] args)
        => entries.Add((level, string.Format(CultureInfo.InvariantCulture, format, args)));

    private IEnumerable<string> Of(LogLevel level) => entries.Where(entry => entry.Level == level).Select(entry => entry.Text);
}
