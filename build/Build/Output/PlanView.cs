using Slipway.Deployment.Planning;
using Slipway.Deployment.TaskDefinitions.Validation;
using Spectre.Console;

namespace Slipway.Build.Output;

/// <summary>A plan on the console: what the run was told first, the verdict last.</summary>
internal sealed class PlanView(ConsoleReport report)
{
    private const string Deeper = "  ";

    public void Show(DeploymentPlan plan)
    {
        if (plan.Settings.Count > 0)
        {
            report.Headline("Settings that are not defaults");
            report.Columns(plan.Settings.Select(setting => (setting.Name, $"{setting.Value} ({setting.Origin})")));
        }

        report.Headline("Image");
        Line(PlanWords.Image(plan));
        report.Headline("Task definition");
        Line(PlanWords.TaskDefinition(plan));
        foreach (var difference in plan.TaskDefinition?.Differences ?? [])
        {
            report.Fact(Deeper + difference.Path);
            if (difference.Before is { } before) report.Coloured($"{Deeper}- {before}", Color.Red);
            if (difference.After is { } after) report.Coloured($"{Deeper}+ {after}", Color.Green);
        }

        report.Headline(plan.Service is { } service ? $"Service {service.Name}" : "Service");
        foreach (var line in PlanWords.Service(plan)) Line(line);
        Findings(plan.Findings);
        Calls(plan);
        foreach (var warning in plan.Warnings) report.Warning(warning);
        Verdict(plan);
    }

    private void Findings(IReadOnlyList<Finding> findings)
    {
        if (findings.Count > 0) report.Headline("Findings");
        foreach (var finding in findings)
        {
            var colour = finding.Severity switch { FindingSeverity.Error => Color.Red, FindingSeverity.Warning => Color.Yellow, _ => Color.Grey };
            report.Coloured($"{finding.Severity}: {finding}", colour);
        }
    }

    private void Calls(DeploymentPlan plan)
    {
        report.Headline(plan.Problems.Count == 0 ? "API calls" : "API calls, as far as they are known");
        var width = plan.Calls.Select(call => call.Operation.Length).DefaultIfEmpty().Max();
        foreach (var call in plan.Calls)
        {
            var text = $"{PlanWords.Kind(call),-6}  {call.Operation.PadRight(width)}  {call.What}";
            if (call.Writes) report.Coloured(text, Color.Yellow);
            else report.Fact(text);
        }
    }

    private void Verdict(DeploymentPlan plan)
    {
        if (plan.Problems.Count == 0)
        {
            report.Headline("In short");
            report.Success($"{Deeper}{PlanWords.Verdict(plan)}");
            return;
        }

        report.Failure(PlanWords.Verdict(plan), plan.Problems.SelectMany(Lines));
    }

    private static IEnumerable<string> Lines(PlanProblem problem)
    {
        var lines = problem.Message.ReplaceLineEndings("\n").Split('\n');
        yield return $"{problem.Target}: {lines[0]}";
        foreach (var line in lines[1..]) yield return line;
        if (problem.Remedy is not null) yield return $"Try: {problem.Remedy}";
    }

    private void Line((PlanMark Mark, string Text) line)
    {
        var (sign, colour) = line.Mark switch
        {
            PlanMark.New => ("+", Color.Green),
            PlanMark.Changed => ("~", Color.Yellow),
            PlanMark.Unknown => ("?", Color.Red),
            _ => ("=", Color.Default),
        };
        report.Coloured($"{sign} {line.Text}", colour);
    }
}
