using Slipway.Build.Testing;

namespace Slipway.Build.Tests.Testing;

[TestFixture]
internal sealed class TestPageTests
{
    [Test]
    public void A_project_is_a_row_and_a_failure_a_line()
    {
        var summary = new TestSummary("P", 2, 1, [new FailedTest("A_test(\"<b>\")", "expected 1\nwas 2", null, null)], ["no engine"]);

        Assert.That(TestPage.Write([summary], summary with { Project = "Total" }), Is.EqualTo(
            "## Tests failed\n\n| Project | Passed | Failed | Skipped |\n|---|---:|---:|---:|\n| P | 2 | 1 | 1 |\n| Total | 2 | 1 | 1 |\n\n"
            + "- **A\\_test(\"&#60;b&#62;\")**: expected 1 was 2\n\n"));
    }
}
