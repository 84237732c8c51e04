using System;
using System.IO;
using System.Linq;
using Lyra;

namespace PluginHost;

/// <summary>
/// A folder with <c>main.lyra</c>, which defines <c>proc onMessage(text)</c>, and modules that it imports. Each plugin has an engine of its
/// own, in which only the granted functions exist.
/// </summary>
internal sealed class Plugin(string folder, Grant grant, TextWriter output) : IDisposable
{
    private const string MainFile = "main.lyra";
    private const int MostFailures = 3;

    private readonly PluginStore _store = new();
    private LyraEngine? _engine;
    private Action<string>? _onMessage;
    private string _version = "";
    private int _failures;

    public string Name { get; } = Path.GetFileName(folder);

    public string State => _onMessage is null ? "not loaded" : _failures >= MostFailures ? $"off after {MostFailures} failures" : "on";

    public string Permissions => grant.Permissions.Count == 0 ? "no permissions" : string.Join(", ", grant.Permissions);

    /// <summary>Loads the plugin again if one of its files has changed. If the new version fails, the old one stays.</summary>
    public void Refresh()
    {
        string version = string.Join('|', Directory.EnumerateFiles(folder, "*.lyra", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(file => $"{file} {File.GetLastWriteTimeUtc(file).Ticks}"));
        if (version == _version)
        {
            return;
        }

        _version = version;
        LyraEngine engine = CreateEngine();
        try
        {
            engine.Run(File.ReadAllText(Path.Combine(folder, MainFile)), $"{Name}/{MainFile}");
            _onMessage = engine.GetProc<Action<string>>("onMessage");
            _engine?.Dispose();
            _engine = engine;
            _failures = 0;
            output.WriteLine($"{Name}: loaded, with {Permissions}");
        }
        catch (Exception error) when (error is LyraException or LyraCompileException or IOException or ArgumentException)
        {
            engine.Dispose();
            output.WriteLine($"{Name}: {(_engine is null ? "not loaded" : "the version before stays")}");
            output.Write(ErrorText.Of(error, folder));
        }
    }

    public void Receive(string text)
    {
        if (_onMessage is null || _failures >= MostFailures)
        {
            return;
        }

        try
        {
            _onMessage(text);
            _failures = 0;
        }
        catch (LyraException error)
        {
            _failures++;
            output.Write(ErrorText.Of(error, folder));
            if (_failures == MostFailures)
            {
                output.WriteLine($"{Name}: {State}");
            }
        }
    }

    public void Dispose() => _engine?.Dispose();

    private LyraEngine CreateEngine()
    {
        LyraEngine engine = new(LyraOptions.Embedded with
        {
            Limits = new LyraLimits
            {
                MaxSteps = grant.MaxSteps,
                Timeout = TimeSpan.FromMilliseconds(grant.TimeoutMs),
                MaxMemoryBytes = grant.MaxMemoryBytes,
                MaxFrames = 500,
            },
            Capabilities = (Has(Permission.Clock) ? LyraCapabilities.Clock : LyraCapabilities.None)
                | (Has(Permission.ReadOwnFiles) ? LyraCapabilities.ReadFiles : LyraCapabilities.None),
            BaseFolder = folder,
            ReadFolders = [folder],
            ModuleLoader = new FileModuleLoader(folder),
            Output = TextWriter.Null,
        });
        if (Has(Permission.Send))
        {
            engine.Define("send", (string text) => output.WriteLine($"  {Name} says: {text}"));
        }

        if (Has(Permission.Store))
        {
            engine.DefineType<PluginStore>();
            engine.Define("store", _store);
        }

        return engine;
    }

    private bool Has(Permission permission) => grant.Permissions.Contains(permission);
}
