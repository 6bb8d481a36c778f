using Cake.Core;
using Cake.Core.Composition;
using Cake.Core.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Cake.Frosting.Tests.Hosting;

internal sealed class CompositionTests
{
    [Test]
    public void The_public_tasks_of_an_added_assembly_are_found()
    {
        var host = new TestHost().With(host => host.AddAssembly(typeof(ScannedTask).Assembly).AddAssembly(typeof(ScannedTask).Assembly));

        Assert.That(host.Run("--target=Scanned"), Is.Zero);
        Assert.That(host.Steps, Is.EqualTo([nameof(ScannedTask)]));
    }

    [Test]
    public void Only_public_classes_that_can_be_made_are_found()
    {
        var host = new TestHost().With(host => host.AddAssembly(typeof(ScannedTask).Assembly));

        Assert.That(host.Run("--description"), Is.Zero);
        Assert.That(host.Screen.Output, Does.Contain("Scanned").And.Not.Contain(nameof(RecordedTask)).And.Not.Contain(nameof(Hidden)));
    }

    [Test]
    public void A_startup_registers_services()
    {
        var host = new TestHost().With(host => host.UseStartup<Startup>());

        Assert.That(host.Run("--target=Hidden"), Is.Zero);
        Assert.That(host.Steps, Is.EqualTo(["startup", "Hidden", "startup"]));
    }

    [Test]
    public void The_later_registration_wins()
    {
        var host = new TestHost().Task<Hidden>().With(host => host.UseLifetime<RecordedLifetime>().UseSetup<OtherSetup>());

        Assert.That(host.Run("--target=Hidden"), Is.Zero);
        Assert.That(host.Steps, Is.EqualTo(["other setup", "Hidden", "teardown"]));
    }

    [Test]
    public void One_lifetime_instance_serves_setup_and_teardown()
    {
        var host = new TestHost().Task<Hidden>().With(host => host.UseLifetime<Counting>());

        Assert.That(host.Run("--target=Hidden"), Is.Zero);
        Assert.That(host.Steps, Is.EqualTo(["setup 1", "Hidden", "teardown 2"]));
    }

    [Test]
    public void What_a_module_registers_replaces_the_engines_own()
    {
        var host = new TestHost().Task<Hidden>().With(host => host.UseModule<OwnStrategyModule>());

        Assert.That(host.Run("--target=Hidden"), Is.Zero);
        Assert.That(host.Steps, Is.EqualTo(["instead of Hidden"]));
    }

    [Test]
    public void What_the_host_made_is_disposed_after_the_run()
    {
        var host = new TestHost().Task<Disposing>().With(host => host.ConfigureServices(services => services.AddSingleton<Resource>()));

        Assert.That(host.Run("--target=Disposing"), Is.Zero);
        Assert.That(host.Steps, Is.EqualTo(["used", "disposed"]));
    }

    [Test]
    public void A_log_that_cannot_be_made_is_a_failure_too()
        => Assert.That(
            RunWith(services => services.AddSingleton<ICakeLog>(_ => throw new InvalidOperationException("no log"))), Is.EqualTo(-1));

    [Test]
    public void A_service_that_cannot_be_disposed_is_a_failure_too()
        => Assert.That(RunWith(services => services.AddSingleton<IFrostingTask, Undisposable>()), Is.EqualTo(-1));

    private static int RunWith(Action<IServiceCollection> configure)
        => new TestHost().Task<Hidden>().With(host => host.ConfigureServices(configure)).Run("--target=Hidden");

    private sealed class Undisposable : FrostingTask, IDisposable
    {
        public void Dispose() => throw new InvalidOperationException("not disposable");
    }

    private sealed class Hidden(Steps steps) : RecordedTask(steps);

    private sealed class Startup : IFrostingStartup
    {
        public void Configure(IServiceCollection services) => services
            .AddSingleton<IFrostingTask, Hidden>()
            .UseSetup<StartupLifetime>()
            .UseTeardown<StartupLifetime>();
    }

    private sealed class StartupLifetime(Steps steps) : FrostingLifetime
    {
        public override void Setup(ICakeContext context, ISetupContext info) => steps.Add("startup");

        public override void Teardown(ICakeContext context, ITeardownContext info) => steps.Add("startup");
    }

    private sealed class OtherSetup(Steps steps) : FrostingSetup
    {
        public override void Setup(ICakeContext context, ISetupContext info) => steps.Add("other setup");
    }

    private sealed class Counting(Steps steps) : FrostingLifetime
    {
        private int calls;

        public override void Setup(ICakeContext context, ISetupContext info) => steps.Add($"setup {++calls}");

        public override void Teardown(ICakeContext context, ITeardownContext info) => steps.Add($"teardown {++calls}");
    }

    private sealed class OwnStrategyModule : ICakeModule
    {
        public void Register(ICakeContainerRegistrar registrar)
            => registrar.RegisterType<OwnStrategy>().As<IExecutionStrategy>().Singleton();
    }

    private sealed class OwnStrategy(Steps steps) : IExecutionStrategy
    {
        public void PerformSetup(Action<ISetupContext> action, ISetupContext context) => action(context);

        public void PerformTeardown(Action<ITeardownContext> action, ITeardownContext teardownContext) => action(teardownContext);

        public Task ExecuteAsync(CakeTask task, ICakeContext context)
        {
            steps.Add($"instead of {task.Name}");
            return Task.CompletedTask;
        }

        public void Skip(CakeTask task, CakeTaskCriteria criteria)
        {
        }

        public Task ReportErrorsAsync(Func<Exception, Task> action, Exception exception) => action(exception);

        public Task HandleErrorsAsync(Func<Exception, ICakeContext, Task> action, Exception exception, ICakeContext context)
            => action(exception, context);

        public Task InvokeFinallyAsync(Func<ICakeContext, Task> action, ICakeContext context) => action(context);

        public void PerformTaskSetup(Action<ITaskSetupContext> action, ITaskSetupContext taskSetupContext) => action(taskSetupContext);

        public void PerformTaskTeardown(Action<ITaskTeardownContext> action, ITaskTeardownContext taskTeardownContext)
            => action(taskTeardownContext);
    }

    private sealed class Resource(Steps steps) : IAsyncDisposable
    {
        public void Use() => steps.Add("used");

        public ValueTask DisposeAsync()
        {
            steps.Add("disposed");
            return ValueTask.CompletedTask;
        }
    }

    private sealed class Disposing(Resource resource) : FrostingTask
    {
        public override void Run(ICakeContext context) => resource.Use();
    }
}
