using System;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using RuleService.Model;

namespace RuleService.Running;

/// <summary>Loads and runs scripts of the store. Loading is bounded by the limits of the tenant, as the run is.</summary>
internal sealed class StoredScripts(ModuleCache modules, ScriptRunner runner)
{
    /// <param name="hash">The hash of the module.</param>
    /// <param name="input">What the script sees as <c>request</c>.</param>
    /// <param name="limits">The limits of the tenant.</param>
    /// <param name="token">Ends the run.</param>
    /// <returns>The result; null if the store does not have the module.</returns>
    public async Task<RunResult?> RunAsync(string hash, JsonElement input, RunLimits limits, CancellationToken token)
    {
        try
        {
            return await modules.FindAsync(hash, limits, token) is { } script
                ? await runner.RunAsync(script, input, limits, token) : null;
        }
        catch (Exception e) when (RunResult.Of(e) is { } ended)
        {
            // The module could not be loaded.
            return ended;
        }
    }
}
