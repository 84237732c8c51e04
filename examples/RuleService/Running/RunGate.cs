using System;
using System.Collections.Generic;
using System.Threading;

namespace RuleService.Running;

/// <summary>
/// Lets as many runs and compilations of requests begin as there are processors, and lets few more of each tenant wait, so a tenant with
/// many requests delays others little.
/// </summary>
/// <param name="parallel">The most runs at a time.</param>
/// <param name="mostOfTenant">The most requests of a tenant.</param>
internal sealed class RunGate(int parallel, int mostOfTenant) : IDisposable
{
    private readonly SemaphoreSlim _free = new(parallel);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _present = [];

    public void Dispose() => _free.Dispose();

    /// <summary>Counts a request, before its body is read.</summary>
    /// <returns>Disposed when the request has ended; null if the tenant has too many requests.</returns>
    public RunPass? Arrive(string tenant)
    {
        lock (_lock)
        {
            int present = _present.GetValueOrDefault(tenant);
            if (present >= mostOfTenant)
            {
                return null;
            }

            _present[tenant] = present + 1;
        }

        return new RunPass(_free, () => Leave(tenant));
    }

    private void Leave(string tenant)
    {
        lock (_lock)
        {
            if (--_present[tenant] == 0)
            {
                _present.Remove(tenant);
            }
        }
    }
}
