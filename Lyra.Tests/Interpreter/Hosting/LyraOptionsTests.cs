using System;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Hosting;

public sealed class LyraOptionsTests
{
    [Fact]
    public void The_defaults_are_those_of_the_contract()
    {
        LyraOptions options = LyraOptions.Default;
        options.Jit.ShouldBe(JitMode.On);
        options.OptimizationLevel.ShouldBe(2);
        options.HotLoopThreshold.ShouldBe(1_000);
        options.HotProcThreshold.ShouldBe(500);
        options.HotExitThreshold.ShouldBe(32);
        options.Limits.ShouldBe(new LyraLimits { MaxFrames = 10_000, MaxSteps = null, Timeout = null, MaxMemoryBytes = null });
        options.Capabilities.ShouldBe(LyraCapabilities.None);
        options.ModuleLoader.ShouldBeNull();
        options.Output.ShouldBeSameAs(Console.Out);
        options.Input.ShouldBeSameAs(Console.In);
    }

    [Fact]
    public void The_presets_differ()
    {
        LyraOptions.Embedded.Limits.ShouldBe(new LyraLimits { MaxFrames = 1_000, MaxSteps = 50_000_000, MaxMemoryBytes = 32L << 20 });
        LyraOptions.Embedded.Memory.ShouldBe(LyraMemoryMode.LowPause);
        LyraOptions.Embedded.SlabSlots.ShouldBe(64);
        LyraOptions.Embedded.CacheSlots.ShouldBe(1_024);
        LyraOptions.Embedded.IntegrityInterval.ShouldBe(100);
        LyraOptions.Server.Limits.ShouldBe(new LyraLimits { MaxFrames = 100_000 });
        LyraOptions.Server.Memory.ShouldBe(LyraMemoryMode.Throughput);
        LyraOptions.Server.SlabSlots.ShouldBe(1_024);
        LyraOptions.Server.CacheSlots.ShouldBe(16_384);
        LyraOptions.Server.IntegrityInterval.ShouldBe(1_000);
        LyraOptions.Server.HotLoopThreshold.ShouldBe(500);
        LyraOptions.Server.HotProcThreshold.ShouldBe(250);
    }

    [Fact]
    public void Bad_values_are_refused_with_a_sentence()
    {
        Refused(() => new LyraOptions { Jit = (JitMode)7 }).ShouldContain("JitMode");
        Refused(() => new LyraOptions { Memory = (LyraMemoryMode)2 }).ShouldContain("LyraMemoryMode.LowPause");
        Refused(() => new LyraOptions { OptimizationLevel = 4 }).ShouldContain("0 to 3");
        Refused(() => new LyraOptions { HotLoopThreshold = 0 }).ShouldContain("positive");
        Refused(() => new LyraOptions { HotProcThreshold = -1 }).ShouldContain("positive");
        Refused(() => new LyraOptions { HotExitThreshold = 0 }).ShouldContain("positive");
        Refused(() => new LyraOptions { SlabSlots = 0 }).ShouldContain("65,536");
        Refused(() => new LyraOptions { CacheSlots = 1_000 }).ShouldContain("power of two");
        Refused(() => new LyraOptions { CacheSlots = 131_072 }).ShouldContain("65,536");
        Refused(() => new LyraOptions { CacheKept = 0 }).ShouldContain("65,535");
        Refused(() => new LyraOptions { CacheEvictFrom = 1 }).ShouldContain("65,536");
        Refused(() => new LyraOptions { TextSlots = 1 }).ShouldContain("power of two");
        Refused(() => new LyraOptions { TextSlots = 131_072 }).ShouldContain("65,536");
        Refused(() => new LyraOptions { IntegrityInterval = -1 }).ShouldContain("negative");
        Refused(() => new LyraLimits { MaxFrames = 0 }).ShouldContain("1,000,000");
        Refused(() => new LyraLimits { MaxFrames = 1_000_001 }).ShouldContain("1,000,000");
        Refused(() => new LyraLimits { MaxSteps = 0 }).ShouldContain("positive");
        Refused(() => new LyraLimits { Timeout = TimeSpan.Zero }).ShouldContain("positive");
        Refused(() => new LyraLimits { MaxMemoryBytes = -1 }).ShouldContain("positive");
    }

    [Fact]
    public void Nulls_are_refused()
    {
        Should.Throw<ArgumentNullException>(() => new LyraOptions { Limits = null! });
        Should.Throw<ArgumentNullException>(() => new LyraOptions { Output = null! });
        Should.Throw<ArgumentNullException>(() => new LyraOptions { Input = null! });
        Should.Throw<ArgumentNullException>(() => new LyraOptions { Arguments = null! });
    }

    private static string Refused(Func<object> make) => Should.Throw<ArgumentOutOfRangeException>(() => make()).Message;
}
