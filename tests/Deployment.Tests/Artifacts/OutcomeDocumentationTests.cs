using Slipway.Deployment.Artifacts;
using Slipway.Deployment.Tests.TaskDefinitions;

namespace Slipway.Deployment.Tests.Artifacts;

public sealed class OutcomeDocumentationTests
{
    [Test]
    public void The_page_names_every_member_and_the_schema()
    {
        var page = RepositoryFiles.Read("docs/outcome.md");

        Assert.That(page, Does.Contain(FormattableString.Invariant($"| `schema` | {OutcomeArtifact.CurrentSchema} |")));
        Assert.That(Members(typeof(OutcomeArtifact)).Distinct().Where(name => !page.Contains($"`{name}`", StringComparison.Ordinal)), Is.Empty);
    }

    private static IEnumerable<string> Members(Type type) =>
        from property in type.GetProperties()
        where property.GetMethod is { IsStatic: false } && property.Name != "EqualityContract"
        let member = property.PropertyType.IsGenericType ? property.PropertyType.GetGenericArguments()[0] : property.PropertyType
        from name in member.Namespace!.StartsWith("Slipway", StringComparison.Ordinal) ? Members(member).Prepend(Camel(property.Name)) : [Camel(property.Name)]
        select name;

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
