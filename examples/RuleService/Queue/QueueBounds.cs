namespace RuleService.Queue;

/// <summary>How many jobs may wait.</summary>
/// <param name="MostOfTenant">The most jobs of a tenant.</param>
/// <param name="MostBytesOfTenant">The most bytes of the messages of a tenant.</param>
/// <param name="MostBytes">The most bytes of all messages.</param>
internal sealed record QueueBounds(int MostOfTenant, long MostBytesOfTenant, long MostBytes)
{
    public static readonly QueueBounds None = new(int.MaxValue, long.MaxValue, long.MaxValue);
}
