namespace Cake.Frosting.Tests.Running;

internal sealed class GraphTests
{
    [Test]
    public void Dependencies_run_in_the_order_of_their_attributes_and_once()
    {
        var host = new TestHost().Task<Second>().Task<First>().Task<Both>();

        Assert.That(host.Run("--target=Both"), Is.Zero);
        Assert.That(host.Steps, Is.EqualTo(["First", "Second", "Both"]));
    }

    [Test]
    public void A_dependee_runs_before_the_task_that_it_names()
    {
        var host = new TestHost().Task<First>().Task<BeforeFirst>();

        Assert.That(host.Run("--target=First"), Is.Zero);
        Assert.That(host.Steps, Is.EqualTo(["BeforeFirst", "First"]));
    }

    [Test]
    public void Dependencies_are_inherited()
    {
        var host = new TestHost().Task<First>().Task<Derived>();

        Assert.That(host.Run("--target=Derived"), Is.Zero);
        Assert.That(host.Steps, Is.EqualTo(["First", "Derived"]));
    }

    [Test]
    public void Name_and_description_are_not_inherited()
    {
        var host = new TestHost().Task<Named>().Task<DerivedOfNamed>();

        Assert.That(host.Run("--description"), Is.Zero);
        Assert.That(host.Screen.Output, Does.Match("Given-Name +Given description").And.Match("DerivedOfNamed +\n"));
    }

    [Test]
    public void A_given_name_is_the_target_and_the_name_of_the_dependency()
    {
        var host = new TestHost().Task<Named>().Task<AfterNamed>();

        Assert.That(host.Run("--target=AfterNamed"), Is.Zero);
        Assert.That(host.Report.Rows, Is.EqualTo(["Given-Name Executed", "AfterNamed Executed"]));
    }

    [Test]
    public void Names_that_differ_only_in_case_are_refused()
    {
        var host = new TestHost().Task<Named>().Task<SameName>();

        AssertRefused(host, "Another task with the name 'GIVEN-NAME' has already been added.");
    }

    [Test]
    public void A_dependency_that_is_no_task_is_refused()
        => AssertRefused(new TestHost().Task<DependentOnText>(), "The dependency 'String' is not a valid task.");

    [Test]
    public void A_dependee_that_is_no_task_is_refused()
        => AssertRefused(new TestHost().Task<DependeeOfText>(), "The reverse dependency 'String' is not a valid task.");

    [Test]
    public void A_dependency_that_is_not_registered_is_refused()
        => AssertRefused(new TestHost().Task<AfterNamed>(), "Task 'AfterNamed' is dependent on task 'Given-Name' which does not exist.");

    [Test]
    public void A_circle_is_refused()
    {
        var host = new TestHost().Task<Hen>().Task<Egg>().Task<Chick>();

        Assert.That(host.Run("--target=Hen"), Is.EqualTo(-1));
        Assert.That(host.Log.Errors, Is.EqualTo(["Error: Graph contains circular references."]));
        Assert.That(host.Steps, Is.Empty);
    }

    private static void AssertRefused(TestHost host, string message)
    {
        Assert.That(host.With(host => host.UseLifetime<RecordedLifetime>()).Run("--target=AfterNamed"), Is.EqualTo(-1));
        Assert.That(host.Log.Errors, Is.EqualTo([$"Error: {message}"]));
        Assert.That(host.Steps, Is.Empty);
    }

    private sealed class First(Steps steps) : RecordedTask(steps);

    private sealed class Second(Steps steps) : RecordedTask(steps);

    [IsDependentOn(typeof(First))]
    [IsDependentOn(typeof(Second))]
    private sealed class Both(Steps steps) : RecordedTask(steps);

    [IsDependeeOf(typeof(First))]
    private sealed class BeforeFirst(Steps steps) : RecordedTask(steps);

    [IsDependentOn(typeof(First))]
    private abstract class DependentBase(Steps steps) : RecordedTask(steps);

    private sealed class Derived(Steps steps) : DependentBase(steps);

    [TaskName("Given-Name")]
    [TaskDescription("Given description")]
    private class Named(Steps steps) : RecordedTask(steps);

    private sealed class DerivedOfNamed(Steps steps) : Named(steps);

    [TaskName("GIVEN-NAME")]
    private sealed class SameName(Steps steps) : RecordedTask(steps);

    [IsDependentOn(typeof(Named))]
    private sealed class AfterNamed(Steps steps) : RecordedTask(steps);

    [IsDependentOn(typeof(string))]
    private sealed class DependentOnText(Steps steps) : RecordedTask(steps);

    [IsDependeeOf(typeof(string))]
    private sealed class DependeeOfText(Steps steps) : RecordedTask(steps);

    [IsDependentOn(typeof(Egg))]
    private sealed class Hen(Steps steps) : RecordedTask(steps);

    [IsDependentOn(typeof(Hen))]
    private sealed class Chick(Steps steps) : RecordedTask(steps);

    [IsDependentOn(typeof(Chick))]
    private sealed class Egg(Steps steps) : RecordedTask(steps);
}
