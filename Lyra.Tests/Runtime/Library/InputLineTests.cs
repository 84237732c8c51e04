using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Library.Builtins;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Library;

/// <summary>The builtin <c>input</c> reads lines of a source that says whether text has arrived.</summary>
public sealed class InputLineTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a", "a")]
    [InlineData("a\n", "a")]
    [InlineData("a\nbc\n\nd", "a|bc||d")]
    [InlineData("a\r\nbc\rd\r\r\n", "a|bc|d|")]
    [InlineData("\r", "")]
    public void Lines_end_as_those_of_dotnet(string text, string lines)
    {
        SlowReader input = new(text);
        BareContext context = NewContext(input);
        List<string> read = [];
        while (InputLine.Read(context) is { } line)
        {
            read.Add(line);
        }

        string.Join('|', read).ShouldBe(lines);
        using StringReader expected = new(text);
        read.ShouldBe(Enumerable.Range(0, read.Count).Select(_ => expected.ReadLine()));
        expected.ReadLine().ShouldBeNull();
        input.Waits.ShouldBeGreaterThan(text.Length, "it waits before each read");
    }

    [Fact]
    public void A_long_line_is_charged_in_pieces()
    {
        const int Length = 10_000;
        BareContext context = NewContext(new SlowReader(new string('x', Length)));
        (long steps, long bytes) = (context.Budget.Left, context.Memory.Left);

        InputLine.Read(context).ShouldBe(new string('x', Length));

        (steps - context.Budget.Left).ShouldBeGreaterThanOrEqualTo(Length / 32);
        (bytes - context.Memory.Left).ShouldBeInRange(2 * Length, 4 * Length);
    }

    private static BareContext NewContext(SlowReader input)
    {
        BareContext context = new();
        context.HostOptions = new HostServices { Capabilities = LyraCapabilities.All, Input = input };
        return context;
    }

    /// <summary>A source of which every other wait ends before text has arrived.</summary>
    private sealed class SlowReader(string text) : PolledReader
    {
        private int _position;
        private bool _isReady = true;

        public int Waits { get; private set; }

        public override bool IsReadyWithin(TimeSpan time)
        {
            Waits++;
            _isReady = !_isReady;
            return _isReady;
        }

        public override int Peek() => _position < text.Length ? text[_position] : -1;

        public override int Read() => _position < text.Length ? text[_position++] : -1;
    }
}
