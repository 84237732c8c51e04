using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Hosting;

namespace Lyra.Extensions.Hosting;

/// <summary>Loads the compiler while the application starts, and makes the instruments.</summary>
/// <param name="metrics">Asking for them makes them.</param>
internal sealed class LyraStartup(LyraMetrics metrics) : IHostedService
{
    public LyraMetrics Metrics { get; } = metrics;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        LyraEngine.WarmUp();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
