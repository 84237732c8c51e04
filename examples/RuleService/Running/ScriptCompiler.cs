using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Lyra;
using RuleService.Model;
using RuleService.Settings;
using RuleService.Store;

namespace RuleService.Running;

/// <summary>Makes versions of scripts.</summary>
internal sealed class ScriptCompiler(IRuleStore store, ScriptRunner runner, ActiveScripts actives, ServiceSettings settings)
{
    /// <summary>Compiles a source.</summary>
    /// <returns>The module; without one, the errors in the source.</returns>
    public (Module? Module, IReadOnlyList<RunError> Errors) Compile(string script, string source, RunLimits limits, CancellationToken token)
    {
        try
        {
            Module module = Module.Compile(script, source, limits, token);
            RunError[] errors = RunError.Of(runner.Check(module.Load(limits), limits));
            return (errors.Length == 0 ? module : null, errors);
        }
        catch (LyraCompileException e)
        {
            return (null, RunError.Of(e.Diagnostics));
        }
        catch (LyraLimitException e)
        {
            return (null, [RunError.Of(e)]);
        }
    }

    /// <summary>Says which bound a further version would exceed; null if there is none.</summary>
    public async Task<string?> ExcessAsync(string tenant, Module module, CancellationToken token)
    {
        VersionUsage usage = await store.VersionUsageAsync(tenant, token);
        return usage.Versions >= settings.MostVersions ? $"{tenant} has {usage.Versions} versions, as many as it may have."
            : usage.Bytes + module.Bytes > (long)settings.MostVersionMegabytes << 20
                ? $"With this version, {tenant} would have more than {settings.MostVersionMegabytes} MB of sources and code."
            : usage.AllBytes + module.Bytes > (long)settings.MostAllVersionMegabytes << 20
                ? $"With this version, the service would have more than {settings.MostAllVersionMegabytes} MB of sources and code."
            : null;
    }

    public async Task<ScriptVersion> AddAsync(string tenant, string script, Module module, bool activate, CancellationToken token)
    {
        ScriptVersion added = await store.AddVersionAsync(tenant, script, module, activate, token);
        actives.Forget(tenant, script);
        return added;
    }
}
