using Spectre.Console.Cli;

namespace Cake.Frosting.Internal;

/// <summary>Hands what the parser understood over to the run that started the parser.</summary>
internal sealed class HostCommand : Command<HostSettings>
{
    public override int Execute(CommandContext context, HostSettings settings, CancellationToken cancellationToken)
        => ((HostRun)context.Data!).Execute(settings, context.Remaining);
}
