using System.IO;
using System.Threading;

namespace Lyra.Fuzz.HostApi;

/// <summary>The calls of the embedding API whose work has limits. Tests override them to plant faults.</summary>
internal class HostCalls
{
    private const string FileName = "script.lyra";

    /// <summary>Makes an engine.</summary>
    public virtual LyraEngine NewEngine(LyraOptions options) => new(options);

    /// <summary>Compiles a source.</summary>
    public virtual LyraScript Compile(string source, int level, LyraLimits? limits, CancellationToken token) =>
        LyraScript.Compile(source, FileName, level, limits, cancellationToken: token);

    /// <summary>Writes a script to a stream.</summary>
    public virtual void Save(LyraScript script, Stream stream, LyraLimits? limits, CancellationToken token) =>
        script.Save(stream, limits, token);

    /// <summary>Reads a script from a stream.</summary>
    public virtual LyraScript Load(Stream stream, LyraLimits? limits, CancellationToken token) => LyraScript.Load(stream, limits, token);

    /// <summary>Looks for errors in a source.</summary>
    public virtual int Check(LyraEngine engine, string source, CancellationToken token) => engine.Check(source, FileName, token).Count;

    /// <summary>Runs a source.</summary>
    public virtual LyraValue Run(LyraEngine engine, string source, CancellationToken token) => engine.Run(source, FileName, token);

    /// <summary>Converts a value of a script to .NET; see <see cref="HostConversions"/>.</summary>
    public virtual string Convert(LyraValue value, int conversion) => HostConversions.Convert(value, conversion);
}
