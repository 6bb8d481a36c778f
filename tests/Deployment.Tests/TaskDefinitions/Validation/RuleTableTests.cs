using System.Text;
using Slipway.Deployment.TaskDefinitions.Validation;

namespace Slipway.Deployment.Tests.TaskDefinitions.Validation;

/// <summary>Every rule has its row in the documentation, a document that breaks it and the exact words that are then said.</summary>
public sealed class RuleTableTests
{
    [Test]
    public void Every_rule_has_a_document_that_breaks_it() =>
        Assert.That(TaskDefinitionRules.All.Select(rule => rule.Id), Is.SubsetOf(RuleCases.All.Select(item => item.Rule)));

    [Test]
    public void No_two_rules_have_the_same_id() => Assert.That(TaskDefinitionRules.All.Select(rule => rule.Id), Is.Unique);

    [TestCaseSource(typeof(RuleCases), nameof(RuleCases.All))]
    public void A_document_that_breaks_a_rule_is_found_by_that_rule(object item)
    {
        var ruleCase = (RuleCase)item;
        var findings = ruleCase.Findings();

        Assert.That(findings.Select(finding => finding.Rule.Id), Does.Contain(ruleCase.Rule), string.Join('\n', findings));
        Assert.That(findings.Select(finding => finding.Rule.Id).Distinct(), Is.SubsetOf(TaskDefinitionRules.All.Select(rule => rule.Id)));
        Assert.That(findings.Where(finding => finding.File == RuleCase.File), Has.All.Property("Line").Not.Null);
    }

    [Test]
    public void The_findings_have_these_very_words()
    {
        var text = new StringBuilder();
        foreach (var item in RuleCases.All)
        {
            text.Append(item).Append('\n');
            var findings = item.Findings();
            foreach (var finding in findings.Take(5)) text.Append("  ").Append(finding.Severity).Append(' ').Append(finding).Append('\n');
            if (findings.Count > 5) text.Append("  … and ").Append(findings.Count - 5).Append(" more; the last: ").Append(findings[^1]).Append('\n');
        }

        RepositoryFiles.AssertIsUpToDate("tests/Deployment.Tests/TaskDefinitions/Golden/rule-findings.txt", text.ToString());
    }

    [Test]
    public void The_page_of_rules_is_the_table_of_rules()
    {
        var rows = string.Concat(TaskDefinitionRules.All.Select(Row));
        var page = RepositoryFiles.Read("docs/task-definition-rules.md");
        var head = page[..(page.IndexOf("|---|", StringComparison.Ordinal) + "|---|---|---|---|\n".Length)];

        RepositoryFiles.AssertIsUpToDate("docs/task-definition-rules.md", head + rows);
    }

    private static string Row(TaskDefinitionRule rule)
    {
        var source = rule.Link is null ? rule.Source : $"[{rule.Source}]({rule.Link})";
        return $"| `{rule.Id}` | {rule.Severity.ToString().ToLowerInvariant()}{(rule.InSchema ? ", schema" : "")} | {rule.Title} | {source} |\n";
    }
}
