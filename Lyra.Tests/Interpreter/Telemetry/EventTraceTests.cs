using System.Collections.Generic;
using System.Diagnostics.Tracing;
using System.Linq;
using Lyra.Interpreter.Telemetry;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Telemetry;

/// <summary>Events that occur before the event source exists are written later, in their order.</summary>
public sealed class EventTraceTests
{
    private const EventKeywords Keyword = (EventKeywords)1;

    private readonly List<int> _written = [];
    private EventLevel _enabled = EventLevel.Informational;

    [Fact]
    public void Events_are_written_at_once()
    {
        EventTrace trace = NewTrace();
        Write(trace, 1, EventLevel.Informational);
        _written.ShouldBe([1]);
    }

    [Fact]
    public void Events_wait_between_postpone_and_resume()
    {
        EventTrace trace = NewTrace();
        trace.Postpone();
        Write(trace, 1, EventLevel.Informational);
        Write(trace, 2, EventLevel.Informational);
        _written.ShouldBeEmpty();
        trace.Resume();
        Write(trace, 3, EventLevel.Informational);
        _written.ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void More_events_than_may_wait_resume_the_trace()
    {
        EventTrace trace = NewTrace();
        trace.Postpone();
        for (int line = 0; line < 300; line++)
        {
            Write(trace, line, EventLevel.Informational);
        }

        _written.ShouldBe(Enumerable.Range(0, 300));
        trace.Resume();
        _written.Count.ShouldBe(300);
    }

    [Fact]
    public void Events_of_a_level_that_nobody_receives_are_dropped()
    {
        EventTrace trace = NewTrace();
        trace.IsEnabled(EventLevel.Verbose, Keyword).ShouldBeFalse();
        trace.Postpone();
        trace.IsEnabled(EventLevel.Verbose, Keyword).ShouldBeTrue();
        Write(trace, 1, EventLevel.Verbose);
        trace.Resume();
        Write(trace, 2, EventLevel.Verbose);
        _written.ShouldBeEmpty();
        _enabled = EventLevel.Verbose;
        Write(trace, 3, EventLevel.Verbose);
        _written.ShouldBe([3]);
    }

    [Fact]
    public void Events_with_keywords_that_nobody_has_chosen_are_dropped()
    {
        EventTrace trace = NewTrace();
        const EventKeywords Other = (EventKeywords)2;
        trace.IsEnabled(EventLevel.Informational, Other).ShouldBeFalse();
        trace.Postpone();
        trace.Write(EventLevel.Informational, Other, _ => _written.Add(1));
        trace.Resume();
        _written.ShouldBeEmpty();
    }

    private void Write(EventTrace trace, int line, EventLevel level) => trace.Write(level, Keyword, _ => _written.Add(line));

    private EventTrace NewTrace() => new((level, keywords) => level <= _enabled && keywords == Keyword, e => e(null!));
}
