namespace Slipway.Deployment.Tests.Rollouts.Scenarios;

/// <summary>The table of rollouts, each through the real wait on a fake clock.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ScenarioTests
{
    private static IReadOnlyList<Scenario> All { get; } = [.. SuccessScenarios.All(), .. FailureScenarios.All(), .. OtherScenarios.All()];

    private static IEnumerable<TestCaseData> Scenarios() => All.Select(scenario => new TestCaseData(scenario).SetArgDisplayNames(scenario.Name));

    [TestCaseSource(nameof(Scenarios))]
    public async Task A_rollout_ends_with_the_right_verdict_exit_code_and_cause(object scenario)
    {
        var expected = (Scenario)scenario;

        var played = await Played.OfAsync(expected);

        Assert.Multiple(() =>
        {
            Assert.That(played.Outcome?.Verdict, Is.EqualTo(expected.Verdict), played.Told);
            Assert.That(played.ExitCode, Is.EqualTo(expected.ExitCode));
            foreach (var word in expected.Words) Assert.That(played.Told, Does.Contain(word));
            Assert.That(played.Seconds, Is.LessThanOrEqualTo(expected.EndsBy), "on the scenario's clock");
        });
    }

    [Test]
    public void Every_scenario_has_a_name_of_its_own()
    {
        Assert.That(All.Select(scenario => scenario.Name), Is.Unique);
        Assert.That(All, Has.Count.GreaterThanOrEqualTo(40));
    }

    [Test]
    public async Task A_wholecalm_costs_less_than_a_call_a_second()
    {
        var calm = new Scenario("calm") { Timeout = TimeSpan.FromMinutes(11) }.At(0, Scenery.Starting, "IN_PROGRESS");
        var minute = await Played.OfAsync(calm with { Timeout = TimeSpan.FromMinutes(1) });
        var whole = await Played.OfAsync(calm);

        Assert.That((whole.Calls.Count - minute.Calls.Count) / 10.0, Is.LessThanOrEqualTo(60));
        Assert.That(minute.Calls, Has.Count.LessThanOrEqualTo(120));
    }
}
