// Where the logs go, and what an operator is told of by e-mail: each rule looks for events that the service writes to its log.
param baseName string
param location string
param tags object

@description('Who is told.')
param alertAddress string

@description('How long logs are kept.')
param retentionDays int

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: '${baseName}-logs'
  location: location
  tags: tags
  properties: {
    sku: {
      name: 'PerGB2018'
    }
    retentionInDays: retentionDays
  }
}

resource operators 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: '${baseName}-operators'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'board'
    enabled: true
    emailReceivers: [
      {
        name: 'operators'
        emailAddress: alertAddress
        useCommonAlertSchema: true
      }
    ]
  }
}

// A line of the service's log is JSON with its event.
var lines = 'AppServiceConsoleLogs | extend line = parse_json(ResultDescription) | extend event = tostring(line.event)'

var rules = [
  {
    name: 'messages-failed-or-uncertain'
    says: 'Messages failed, or nobody knows whether they arrived: docs/operations.md.'
    severity: 2
    query: '${lines} | where event in ("send not delivered", "delivery.cardFailed", "papers.notSent", "mail.notAccepted") or (event == "delivery.drained" and (toint(line.failed) > 0 or toint(line.uncertain) > 0))'
    threshold: 0
    window: 'PT15M'
  }
  {
    name: 'graph-throttled'
    says: 'Microsoft Graph asked the service to wait again and again.'
    severity: 3
    query: '${lines} | where event in ("graph.retry", "graph.retryParts") and toint(line.status) in (429, 503)'
    threshold: 20
    window: 'PT15M'
  }
  {
    name: 'work-late-or-failing'
    says: 'Steps of a board cycle were missed, or the scheduler fails.'
    severity: 1
    query: '${lines} | where event in ("cycle.stepsMissed", "scheduler.failed")'
    threshold: 0
    window: 'PT15M'
  }
  {
    name: 'certificate-or-subscription-expiring'
    says: 'A subscription could not be renewed, or the certificate of the registration soon runs out.'
    severity: 2
    query: '${lines} | where event in ("subscriptions.failed", "scheduler.subscriptionsFailed", "certificate.expires")'
    threshold: 0
    window: 'PT1H'
  }
]

resource alerts 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [for rule in rules: {
  name: '${baseName}-${rule.name}'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: '${baseName}: ${rule.name}'
    description: rule.says
    severity: rule.severity
    enabled: true
    scopes: [workspace.id]
    evaluationFrequency: 'PT15M'
    windowSize: rule.window
    // The table is made when the first line arrives.
    skipQueryValidation: true
    criteria: {
      allOf: [
        {
          query: rule.query
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: rule.threshold
          failingPeriods: {
            numberOfEvaluationPeriods: 1
            minFailingPeriodsToAlert: 1
          }
        }
      ]
    }
    autoMitigate: false
    actions: {
      actionGroups: [operators.id]
    }
  }
}]

output workspaceId string = workspace.id
output operatorsId string = operators.id
