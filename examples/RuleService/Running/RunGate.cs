using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace RuleService.Running;

/// <summary>
/// Lets as many runs of requests begin as there are processors, and lets few more of each tenant wait, so a tenant with many requests
/// delays others little.
/// </summary>
/// <param name="parallel">The most runs at a time.</param>
/// <param name="mostOfTenant">The most runs and waiting requests of a tenant.</param>
internal sealed class RunGate(int parallel, int mostOfTenant) : IDisposable
{
    private readonly SemaphoreSlim _free = new(parallel);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _present = [];

    public void Dispose() => _free.Dispose();

    /// <summary>Enters when a run may begin.</summary>
    /// <returns>Disposed when the run has ended; null if the tenant has too many requests.</returns>
    public async Task<IDisposable?> EnterAsync(string tenant, CancellationToken token)
    {
        if (!TryCount(tenant))
        {
            return null;
        }

        try
        {
            await _free.WaitAsync(token);
            return new Pass(this, tenant);
        }
        catch (OperationCanceledException)
        {
            Uncount(tenant);
            throw;
        }
    }

    private bool TryCount(string tenant)
    {
        lock (_lock)
        {
            int present = _present.GetValueOrDefault(tenant);
            if (present >= mostOfTenant)
            {
                return false;
            }

            _present[tenant] = present + 1;
            return true;
        }
    }

    private void Uncount(string tenant)
    {
        lock (_lock)
        {
            if (--_present[tenant] == 0)
            {
                _present.Remove(tenant);
            }
        }
    }

    private sealed class Pass(RunGate gate, string tenant) : IDisposable
    {
        public void Dispose()
        {
            gate._free.Release();
            gate.Uncount(tenant);
        }
    }
}
