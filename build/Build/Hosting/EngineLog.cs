using System.Globalization;
using Cake.Core.Diagnostics;
using Slipway.Build.Output;

namespace Slipway.Build.Hosting;

/// <summary>
/// Cake's log. The engine's own words are for people who debug it: they appear at verbose, its warnings always, and its
/// errors are kept, since <see cref="Program"/> tells a failure once and in one form. Where a run only shows what it would do, its words are the answer.
/// </summary>
public sealed class EngineLog(ConsoleReport report, bool shows = false) : ICakeLog
{
    private readonly List<string> _errors = [];

    /// <inheritdoc />
    public Verbosity Verbosity { get; set; } = Verbosity.Normal;

    /// <summary>What the engine reported as errors.</summary>
    public IReadOnlyList<string> Errors => _errors;

    /// <inheritdoc />
    public void Write(Verbosity verbosity, LogLevel level, string format, params object[] args)
    {
        var text = args.Length == 0 ? format : string.Format(CultureInfo.InvariantCulture, format, args);
        report.Verbose = Verbosity >= Verbosity.Verbose;
        report.Quiet = Verbosity <= Verbosity.Minimal;
        if (level is LogLevel.Fatal or LogLevel.Error)
        {
            _errors.Add(text);
        }
        else if (level == LogLevel.Warning)
        {
            report.Warning(text);
        }
        else if (shows && level == LogLevel.Information)
        {
            report.Fact(text);
        }
        else if (!string.IsNullOrWhiteSpace(text))
        {
            report.Detail(text);
        }
    }
}
