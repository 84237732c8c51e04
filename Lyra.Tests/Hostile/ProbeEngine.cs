using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using Lyra.Tests.Harness;
using Shouldly;

namespace Lyra.Tests.Hostile;

/// <summary>An engine that runs a hostile script in the test process and must be usable afterwards.</summary>
internal sealed class ProbeEngine : IDisposable
{
    private readonly JitMode _jit;
    private readonly ScratchFolder _folder = new();
    private readonly CancellationTokenSource _cancellation = new();

    public ProbeEngine(JitMode jit, LyraLimits limits)
    {
        _jit = jit;
        _folder.Write("long.txt", new string('x', ProbeInputs.Size).Select(c => (byte)c).ToArray());
        Engine = new LyraEngine(new LyraOptions
        {
            Jit = jit,
            HotLoopThreshold = 4,
            HotProcThreshold = 4,
            CompilesInBackground = false,
            Limits = limits,
            Capabilities = LyraCapabilities.All,
            BaseFolder = _folder.Path,
            Output = TextWriter.Null,
            Input = new EndlessReader(),
            Arguments = [.. Enumerable.Range(0, 1_000).Select(i => i.ToString(CultureInfo.InvariantCulture))],
        });
        Engine.Define("stop", () => _cancellation.Cancel());
    }

    public LyraEngine Engine { get; }

    public long Steps => Engine.Statistics.Jit.Steps;

    public LyraValue Run(string source) => Engine.Run(source, "probe.lyra", _cancellation.Token);

    /// <summary>Checks that the engine still computes and, with the JIT on, compiles hot code.</summary>
    public void ShouldBeUsable()
    {
        Engine.Run("1 + 2").As<int>().ShouldBe(3);
        long compiled = Engine.Statistics.Jit.CompiledSteps;
        Engine.Run("var sum = 0\nfor n in 0..2000 { sum += n }\nsum").As<int>().ShouldBe(1_999_000);
        if (_jit != JitMode.Off)
        {
            Engine.Statistics.Jit.CompiledSteps.ShouldBeGreaterThan(compiled);
        }
    }

    public void Dispose()
    {
        Engine.Dispose();
        _cancellation.Dispose();
        _folder.Dispose();
    }

    /// <summary>An endless input that consists of long lines.</summary>
    private sealed class EndlessReader : TextReader
    {
        public override string ReadLine() => new('x', ProbeInputs.Size);
    }
}
