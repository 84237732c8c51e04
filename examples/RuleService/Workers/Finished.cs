using RuleService.Model;
using RuleService.Queue;

namespace RuleService.Workers;

/// <summary>A job with its result, which the store may have already.</summary>
internal sealed record Finished(JobDelivery Delivery, JobResult Result);
