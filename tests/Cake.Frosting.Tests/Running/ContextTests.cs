using Cake.Core;

namespace Cake.Frosting.Tests.Running;

internal sealed class ContextTests
{
    [Test]
    public void Tasks_and_lifetimes_receive_the_one_context()
    {
        var host = new TestHost().Task<Typed>().Task<TypedAsynchronous>().With(host => host
            .UseContext<OwnContext>().UseLifetime<TypedLifetime>().UseTaskLifetime<TypedTaskLifetime>());

        Assert.That(host.Run("--target=TypedAsynchronous"), Is.Zero);
        Assert.That(host.Steps, Has.Count.EqualTo(8));
        Assert.That(host.Steps.Distinct(), Has.Exactly(1).Items);
    }

    [Test]
    public void A_task_for_another_context_is_left_out_with_a_warning()
    {
        var host = new TestHost().Task<Typed>();

        Assert.That(host.Run("--target=Typed"), Is.EqualTo(-1));
        Assert.That(host.Log.Warnings.Single(), Does.Contain("isn't convertible to").And.Contain(typeof(OwnContext).FullName));
        Assert.That(host.Log.Errors, Is.EqualTo(["Error: The target 'Typed' was not found."]));
    }

    [Test]
    public void Behind_a_base_class_of_the_builds_own_the_context_is_checked_when_the_task_runs()
    {
        var host = new TestHost().Task<BehindOwnBase>();

        Assert.That(host.Run("--target=BehindOwnBase"), Is.EqualTo(-1));
        Assert.That(host.Log.Warnings, Is.Empty);
        Assert.That(host.Log.Errors.First(), Is.EqualTo("An error occurred when executing task 'BehindOwnBase'."));
        host = new TestHost().Task<BehindOwnBase>().With(host => host.UseContext<OwnContext>());
        Assert.That(host.Run("--target=BehindOwnBase"), Is.Zero);
    }

    [TestCase("--tree")]
    [TestCase("--description")]
    [TestCase("--dryrun")]
    [TestCase("--target=Typed")]
    public void A_context_that_cannot_be_made_fails_every_mode_but_version_and_info(string mode)
    {
        Assert.That(Broken().Run(mode), Is.EqualTo(-1));
        Assert.That(Broken().Run("--version"), Is.Zero);
        Assert.That(Broken().Run("--info"), Is.Zero);

        static TestHost Broken() => new TestHost().Task<Typed>().With(host => host.UseContext<BrokenContext>());
    }

    [Test]
    public void A_task_that_implements_only_the_interface_is_refused_with_the_remedy()
    {
        var host = new TestHost().Task<OnlyInterface>();

        Assert.That(host.Run("--target=OnlyInterface"), Is.EqualTo(-1));
        Assert.That(host.Log.Errors.Single(), Does.Contain("'OnlyInterface' must derive from FrostingTask or AsyncFrostingTask"));
    }

    private sealed class OwnContext(ICakeContext context, Steps steps) : FrostingContext(context)
    {
        private readonly Guid id = Guid.NewGuid();

        public void Record() => steps.Add($"context {id}");
    }

    private sealed class BrokenContext : FrostingContext
    {
        public BrokenContext(ICakeContext context)
            : base(context) => throw new InvalidOperationException("no context");
    }

    private sealed class Typed : FrostingTask<OwnContext>
    {
        public override void Run(OwnContext context) => context.Record();

        public override void Finally(OwnContext context) => context.Record();
    }

    [IsDependentOn(typeof(Typed))]
    private sealed class TypedAsynchronous : AsyncFrostingTask<OwnContext>
    {
        public override Task RunAsync(OwnContext context)
        {
            context.Record();
            return Task.CompletedTask;
        }
    }

    private abstract class OwnBase<T> : FrostingTask<T>
        where T : ICakeContext
    {
        public override void Run(T context)
        {
        }
    }

    private sealed class BehindOwnBase : OwnBase<OwnContext>;

    private sealed class TypedLifetime : FrostingLifetime<OwnContext>
    {
        public override void Setup(OwnContext context, ISetupContext info) => context.Record();

        public override void Teardown(OwnContext context, ITeardownContext info)
        {
        }
    }

    private sealed class TypedTaskLifetime : FrostingTaskLifetime<OwnContext>
    {
        public override void Setup(OwnContext context, ITaskSetupContext info) => context.Record();

        public override void Teardown(OwnContext context, ITaskTeardownContext info) => context.Record();
    }

    private sealed class OnlyInterface : IFrostingTask
    {
        public Task RunAsync(ICakeContext context) => Task.CompletedTask;

        public bool ShouldRun(ICakeContext context) => true;

        public void OnError(Exception exception, ICakeContext context) => throw exception;

        public void Finally(ICakeContext context)
        {
        }
    }
}
