using System.Text.RegularExpressions;
using Slipway.LocalCloud.Tests.Ecs.Operations;

namespace Slipway.Deployment.Tests.Aws.Contract;

/// <summary>No operation is called that has no case.</summary>
public sealed partial class ContractCoverageTests
{
    [Test]
    public void Every_operation_of_the_pipeline_has_a_case_and_every_case_is_of_one()
    {
        var sources = Directory.EnumerateFiles(Repository.File("build", "Deployment"), "*.cs", SearchOption.AllDirectories);
        var called = sources.SelectMany(file => Permission().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value).Distinct();

        Assert.That(ContractCases.All.Select(one => one.Permission).Distinct(), Is.EquivalentTo(called));
    }

    [Test]
    public void No_two_cases_have_the_same_name() => Assert.That(ContractCases.All.Select(one => one.ToString()), Is.Unique);

    [GeneratedRegex("\"((?:ecr|ecs|logs|sts|ssm|ec2):[A-Z][A-Za-z]+)\"")]
    private static partial Regex Permission();
}
