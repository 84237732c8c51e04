using System;
using System.Threading;
using System.Threading.Tasks;

namespace RuleService.Running;

/// <summary>A request at the <see cref="RunGate"/>.</summary>
internal sealed class RunPass(SemaphoreSlim free, Action leave) : IDisposable
{
    private bool _hasBegun;

    /// <summary>Returns when a run or a compilation may begin. It may last until the pass is disposed.</summary>
    public async Task BeginAsync(CancellationToken token)
    {
        await free.WaitAsync(token);
        _hasBegun = true;
    }

    public void Dispose()
    {
        if (_hasBegun)
        {
            free.Release();
        }

        leave();
    }
}
